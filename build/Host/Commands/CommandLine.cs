using System.Globalization;
using Cake.Core.Diagnostics;

namespace TauPipeline.Host;

/// <summary>What Cake is to do with the targets.</summary>
internal enum RunMode { Run, DryRun, Tree, Description }

/// <summary>A command line that has been read: every option is known, and has a value exactly if it takes one.</summary>
internal sealed class CommandLine(IReadOnlyList<string> words, ILookup<Option, string> given)
{
    /// <summary>The words as typed, for messages.</summary>
    public string Text => string.Join(' ', words);

    public IReadOnlyList<string> Targets => All(Options.Target);

    public int Jobs => Value(Options.Jobs) is not { } text ? Environment.ProcessorCount
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs > 0 ? jobs
        : throw CommandErrors.BadValue(Options.Jobs, text, "a whole number above 0");

    /// <summary>Which part of a number may be lost, or <see langword="null"/> where that is not asked.</summary>
    public double? Margin => Value(Options.Margin) is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double margin) && margin < 1 ? margin
        : throw CommandErrors.BadValue(Options.Margin, text, "a number from 0 to below 1, as 0.05");

    public Verbosity Verbosity => (Value(Options.Verbosity) ?? "normal").ToUpperInvariant() switch
    {
        "QUIET" or "Q" => Verbosity.Quiet,
        "MINIMAL" or "M" => Verbosity.Minimal,
        "NORMAL" or "N" => Verbosity.Normal,
        "VERBOSE" or "V" => Verbosity.Verbose,
        "DIAGNOSTIC" or "D" => Verbosity.Diagnostic,
        _ => throw CommandErrors.BadValue(Options.Verbosity, Value(Options.Verbosity)!, Options.Verbosity.Summary),
    };

    public RunMode Mode =>
        Has(Options.DryRun) ? RunMode.DryRun
        : Has(Options.Tree) ? RunMode.Tree
        : Has(Options.Description) ? RunMode.Description
        : RunMode.Run;

    public bool Has(Option option) => given.Contains(option);

    public string? Value(Option option) => given[option].LastOrDefault();

    public IReadOnlyList<string> All(Option option) => [.. given[option]];
}
