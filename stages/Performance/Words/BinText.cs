using System.Globalization;
using TauPipeline.Formats;

namespace TauPipeline.Stages;

/// <summary>Bins in words, for captions, and as file names.</summary>
internal static class BinText
{
    public static string Of(EvaluationBin bin) =>
        string.Join(", ", Lines(new BinEntry(bin.PtLow, bin.PtHigh, bin.AbsEtaLow, bin.AbsEtaHigh, bin.DecayModes)));

    /// <summary>One line each for pt, |eta| and decay modes.</summary>
    public static IReadOnlyList<string> Lines(BinEntry bin) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{bin.PtMin} ≤ p_T < {bin.PtMax} GeV"),
        bin.EtaMin == 0
            ? string.Create(CultureInfo.InvariantCulture, $"|η| < {bin.EtaMax}")
            : string.Create(CultureInfo.InvariantCulture, $"{bin.EtaMin} ≤ |η| < {bin.EtaMax}"),
        bin.DmBin.Count == 0 ? "all decay modes" : $"decay modes {string.Join(", ", bin.DmBin)}",
    ];

    /// <summary>Fit for a file name: <c>pt_20_40_eta_0_2.3_dm_0_1</c>.</summary>
    public static string FileName(BinEntry bin) => string.Create(CultureInfo.InvariantCulture,
        $"pt_{bin.PtMin}_{bin.PtMax}_eta_{bin.EtaMin}_{bin.EtaMax}{(bin.DmBin.Count == 0 ? "" : "_dm_" + string.Join('_', bin.DmBin))}");
}
