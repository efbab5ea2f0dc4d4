using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>The columns that every candidate has, whatever it was read from.</summary>
public static class CandidateColumns
{
    /// <summary>Run number, uint32.</summary>
    public const string Run = "run";
    /// <summary>Luminosity section, uint32.</summary>
    public const string Lumi = "lumi";
    /// <summary>Event number, uint64.</summary>
    public const string Evt = "evt";
    /// <summary>Entry of the raw file it comes from, int64.</summary>
    public const string Entry = "entry";
    /// <summary>Index of the reconstructed tau in its event, int32.</summary>
    public const string TauIndex = "tau_index";
    /// <summary>Index of the jet it was seeded by, int32; -1 where the layout has none.</summary>
    public const string JetIndex = "jet_index";
    /// <summary>Transverse momentum, GeV, float32.</summary>
    public const string Pt = "tau_pt";
    /// <summary>Pseudorapidity, float32.</summary>
    public const string Eta = "tau_eta";
    /// <summary>Azimuth, float32.</summary>
    public const string Phi = "tau_phi";
    /// <summary>Decay mode, int32.</summary>
    public const string DecayMode = "tau_decayMode";
    /// <summary>Longitudinal impact parameter of the leading track, cm, float32.</summary>
    public const string Dz = "tau_dz";
    /// <summary>Truth class, int32, see <see cref="TauClass.Index"/>; added once truth is known.</summary>
    public const string Type = "tau_type";
    /// <summary>What it is at generator level, int32: <see cref="GenLeptonMatch"/>, 0 without a match; added for truth rules.</summary>
    public const string GenMatch = "gen_match";
    /// <summary>Where the sample comes from, int32, see <see cref="Physics.SampleType"/>; added for truth rules.</summary>
    public const string SampleType = "sample_type";
    /// <summary>Weight of the event, float32; 1 where the layout has none.</summary>
    public const string Weight = "weight";
    /// <summary>Place of the region of phase space that the row was taken in, int32, -1 for none; added by Split where there are
    /// regions.</summary>
    public const string Region = "region";
    /// <summary>Index of the dataset in its campaign, int32; added when rows of several datasets meet.</summary>
    public const string Dataset = "dataset";

    /// <summary>Number of the dataset's name, uint64, see <see cref="Foundation.NameHash"/>; added by ShuffleMerge on request.</summary>
    public const string DatasetId = "dataset_id";
    /// <summary>The same of its group.</summary>
    public const string GroupId = "dataset_group_id";

    /// <summary>The columns that tell one candidate from another.</summary>
    public static IReadOnlyList<string> Identity { get; } = [Run, Lumi, Evt, JetIndex, TauIndex];

    /// <summary>The columns that tell one event from another.</summary>
    public static IReadOnlyList<string> Event { get; } = [Run, Lumi, Evt];

    /// <summary>The columns that tell whether two candidates of an event are the same one, whatever their place in it.</summary>
    public static IReadOnlyList<string> Kinematics { get; } = [Pt, Eta, Phi, DecayMode];

    /// <summary>The names of the charge, in the layouts that carry it on request.</summary>
    public static IReadOnlyList<string> Charges { get; } = ["tau_charge", "Tau_charge"];

    /// <summary>What a layout must give, in this order.</summary>
    public static IReadOnlyList<string> FromLayout { get; } =
    [Run, Lumi, Evt, Entry, TauIndex, JetIndex, Pt, Eta, Phi, DecayMode, Dz, Weight];

    /// <summary>The column of the network's output for a class, float32.</summary>
    public static string Score(TauClass one) => $"score_{one.Name}";

    /// <summary>What is added to a layout's candidates once their truth is known.</summary>
    public static IReadOnlyList<ColumnSpec> OfTruth { get; } = [new(GenMatch, ColumnType.Int32), new(SampleType, ColumnType.Int32)];

    /// <summary>Whether no branch of that name is read, because it is made here.</summary>
    public static bool IsMade(string column) => column is GenMatch or SampleType || FromLayout.Contains(column);

    /// <summary>Columns that carry truth: refused as inputs of a network.</summary>
    public static bool IsTruth(string column) =>
        column is Type or Weight or Dataset or DatasetId or GroupId or Entry or Run or Lumi or Evt or SampleType or "sampleType" or "tauType"
        || column.StartsWith("gen", StringComparison.Ordinal)
        || column.Contains("genPart", StringComparison.Ordinal)
        || column.Contains("genJet", StringComparison.Ordinal)
        || column.Contains("truth", StringComparison.OrdinalIgnoreCase)
        || column.StartsWith("Gen", StringComparison.Ordinal)
        || column is Region or "flavour_label" or "eventNumber" or "mcEventWeight"
        || column.Contains("Truth", StringComparison.Ordinal)
        || column.StartsWith("Ghost", StringComparison.Ordinal);
}
