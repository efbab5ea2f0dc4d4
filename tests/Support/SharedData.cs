using Xunit;

namespace TauPipeline.Tests.Support;

/// <summary>Real files that stand beside the checkout, in <c>../shared/data</c>, and are never copied into it.</summary>
public static class SharedData
{
    /// <summary>The folder, whether it is there or not.</summary>
    public static string Folder { get; } = Path.GetFullPath(Checkout.At("..", "shared", "data"));

    /// <summary>A file of it.</summary>
    public static string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    internal static string? SkipReason => Directory.Exists(Folder) ? null : "the shared data are not beside the checkout (../shared/data)";
}

/// <summary>A test that needs the shared data, and is skipped, and counted as such, without them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <summary>Looks for the data.</summary>
    public SharedDataFactAttribute() => Skip = SharedData.SkipReason;
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for the data.</summary>
    public SharedDataTheoryAttribute() => Skip = SharedData.SkipReason;
}
