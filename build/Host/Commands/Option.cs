namespace TauPipeline.Host;

/// <summary>What becomes of the file or folder that an option names.</summary>
internal enum PlaceUse { None, Read, Written }

/// <summary>One option of the command line: a flag <c>--name</c>, or <c>--name=value</c>.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Placeholder">What stands for its value in the help; <see langword="null"/> for a flag.</param>
/// <param name="Summary">What it does, in a line.</param>
internal sealed record Option(string Name, string? Placeholder, string Summary)
{
    /// <summary>Whether it may be given more than once.</summary>
    public bool Repeats { get; init; }

    /// <summary>Other spellings: only Cake's own options have any.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The tools it belongs to; none named means any target.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Whether its value is a file or folder of this machine, which is read or written.</summary>
    public PlaceUse Place { get; init; }

    /// <summary>Whether Cake defines it: then it must keep Cake's meaning.</summary>
    public bool IsCakes { get; init; }

    /// <summary>As it is typed: <c>--name</c> or <c>--name=VALUE</c>.</summary>
    public string Usage => Placeholder is null ? $"--{Name}" : $"--{Name}={Placeholder}";

    /// <inheritdoc/>
    public override string ToString() => $"--{Name}";
}
