using System.Text.RegularExpressions;
using TauPipeline.Configuration;
using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>Files of TauMLTools, told apart by their content: any of them may be missing.</summary>
internal sealed class TauMlFiles
{
    private static readonly Regex GroupLine = new(@"^\s*[^\s#:][^:]*:.*\bdir\s*=", RegexOptions.CultureInvariant | RegexOptions.Multiline);
    private static readonly Regex EntryLine = new(@"^\s*\S+\.root\s+[0-9.e+]+\s*$", RegexOptions.CultureInvariant);

    /// <summary>What trains: features, their scaling, the network.</summary>
    public ForeignNode? Training { get; private init; }

    /// <summary>The file of means and spreads of features.</summary>
    public string? ScalingPath { get; private init; }

    /// <summary>Groups of datasets.</summary>
    public ForeignNode? Groups { get; private init; }

    /// <summary>The command line of ShuffleMergeSpectral.</summary>
    public ShuffleCommand? Command { get; private init; }

    /// <summary>Files with their numbers of entries.</summary>
    public ForeignFile? Entries { get; private init; }

    /// <summary>Whether some file is one of these.</summary>
    public bool IsAny => (Training ?? Groups) is not null || Command is not null;

    /// <summary>All trees that keys are taken from.</summary>
    public IEnumerable<ForeignNode> Roots => new[] { Training, Groups }.OfType<ForeignNode>();

    /// <summary>Sorts files, and finds those that they name.</summary>
    /// <exception cref="Misuse">A file that is named cannot be read, or is not as it should be.</exception>
    public static TauMlFiles Of(ImportSource source)
    {
        ForeignNode? training = source.Roots.FirstOrDefault(root => root.Has("Features_all"));
        ForeignFile? run = source.Files.FirstOrDefault(ShuffleCommand.IsOne);
        ShuffleCommand? command = run is null ? null : ShuffleCommand.Read(run);
        string? named = command?.Value("cfg"), list = command?.Value("input");
        ForeignFile? groups = source.Files.FirstOrDefault(IsGroups) ?? Named(run, named);
        return new TauMlFiles
        {
            Training = training,
            ScalingPath = (source.Files.FirstOrDefault(IsScaling) ?? Stated(source, training))?.Path,
            Command = command,
            Groups = groups?.Groups(),
            Entries = source.Files.FirstOrDefault(IsEntries) ?? (list is null ? null : TryNamed(run!, list)),
        };
    }

    private static bool IsGroups(ForeignFile file) => !ShuffleCommand.IsOne(file) && GroupLine.IsMatch(file.Text);

    private static bool IsEntries(ForeignFile file) =>
        file.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } lines && lines.All(line => EntryLine.IsMatch(line));

    private static bool IsScaling(ForeignFile file) => file.Root is { } root && !root.Has("Features_all")
        && root.Keys is [var block, ..] && root.Peek(block) is { Keys: [var name, ..] } features
        && features.Peek(name) is { } feature && (feature.Has("global") || feature.Has("inner"));

    private static ForeignFile? Stated(ImportSource source, ForeignNode? training) =>
        training is not null && training.Find("scaling_cfg") is { Text: { } path }
            ? TryNamed(source.Files.First(file => file.Root is { } root && root.Has("Features_all")), path)
            : null;

    private static ForeignFile? Named(ForeignFile? by, string? path) => by is null || path is null ? null : by.Beside(path);

    // Lists and constants are not always where the command was run.
    private static ForeignFile? TryNamed(ForeignFile by, string path)
    {
        try { return by.Beside(path); }
        catch (Misuse) { return null; }
    }
}
