using System.Text.Json.Serialization;
using TauPipeline.BuildGraph;
using TauPipeline.Physics;

namespace TauPipeline.Formats;

/// <summary>What mixing is expected to give, bin by bin: the dry run of ShuffleMerge.</summary>
public sealed record YieldFile(IReadOnlyList<YieldEntry> Bins) : IProduct<YieldFile>
{
    /// <summary>
    /// Why no network can be trained on these yields and those of the validation rows; <see langword="null"/> if one can.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NoTraining { get; init; }

    /// <summary>The same by dataset and decay mode; none for ways of mixing that have no spectra.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SourceYieldEntry>? Sources { get; init; }

    /// <summary>Bins of spectra that leave none empty, and ratios that thin no type: those of the campaign, if they do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public YieldSuggestion? Suggested { get; init; }

    /// <summary>The entries of a yield table.</summary>
    public static YieldFile Of(YieldTable table) => new([.. table.Rows.Select(row =>
        new YieldEntry(row.Group, row.Type.Name, row.AbsEta, row.Pt, row.Count, row.Acceptance, row.Share, row.Expected, row.IsBinding))]);

    /// <inheritdoc/>
    public static YieldFile Read(ProductInput from) => Json.Read<YieldFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, YieldFile value) => Json.Write(to, value);
}

/// <summary>A bin of one type in one group: candidates before, acceptance p, share P, candidates expected after.</summary>
public sealed record YieldEntry(
    string Group,
    string Type,
    int AbsEtaBin,
    int PtBin,
    long Count,
    double Acceptance,
    double Share,
    double Expected,
    bool IsBinding);

/// <summary>One type and decay mode of a dataset in a group: candidates before, those of them outside the bins, expected after.</summary>
public sealed record SourceYieldEntry(
    string Group, string Dataset, string Type, string DecayMode, long Count, long Outside, double Expected)
{
    /// <summary>The entry of a yield.</summary>
    public static SourceYieldEntry Of(SourceYield of) =>
        new(of.Group, of.Dataset, of.Type.Name, Spectrum.ModeName(of.Mode), of.Count, of.Outside, of.Expected);
}

/// <summary>What to put into the campaign.</summary>
/// <param name="Pt">Edges of pt, GeV; empty if no bins leave none empty.</param>
/// <param name="AbsEta">Edges of abs eta.</param>
/// <param name="TauRatio">Ratios by which no type is thinned; empty where types are not balanced.</param>
public sealed record YieldSuggestion(
    IReadOnlyList<double> Pt, IReadOnlyList<double> AbsEta, SortedDictionary<string, double> TauRatio);
