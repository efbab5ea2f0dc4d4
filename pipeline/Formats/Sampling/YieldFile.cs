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
