using System.Runtime.InteropServices;

namespace TauPipeline.BuildGraph;

/// <summary>What a child begins with.</summary>
/// <param name="Program">Path of its program.</param>
/// <param name="Arguments">Its own name first, <see langword="null"/> last.</param>
/// <param name="Environment"><c>NAME=VALUE</c>, <see langword="null"/> last.</param>
/// <param name="Folder">Its working folder; ours if <see langword="null"/>.</param>
internal sealed record ChildStart(string Program, string?[] Arguments, string?[] Environment, string? Folder)
{
    /// <summary>Its standard input; nothing to read if <see langword="null"/>.</summary>
    public SafeHandle? Input { get; init; }

    /// <summary>Its standard output.</summary>
    public required SafeHandle Output { get; init; }

    /// <summary>Its standard error.</summary>
    public required SafeHandle Error { get; init; }

    /// <summary>A file that it inherits as it is.</summary>
    public SafeHandle? LifeLine { get; init; }
}
