using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>What mixing gave, and the gate behind it.</summary>
internal static class SamplingTables
{
    public static IEnumerable<ReportBlock> Of(Training training, YieldFile yields, ValidationFile validation)
    {
        string of = training.Name.Length == 0 ? "" : $" of {training.Name}";
        yield return new ReportText($"No event stands in two parts of the split{of}; the smallest of {validation.Tests.Count} Holm-corrected p-values between chunks is {CellText.Number(validation.Tests.Select(test => test.Adjusted).DefaultIfEmpty(1).Min(), "0.000")}.");
        yield return new ReportDetails($"Expected yields of mixing{of}",
        [
            new ReportTable("Candidates before, acceptance, share of the type, candidates expected after", [new("Group"), new("Type"), new("|η| bin", true), new("p_T bin", true), new("Before", true), new("Acceptance", true), new("Share", true), new("Expected", true)],
                [.. yields.Bins.Select(bin => (IReadOnlyList<string>)[bin.Group, bin.Type, CellText.Count(bin.AbsEtaBin), CellText.Count(bin.PtBin), CellText.Count(bin.Count), CellText.Number(bin.Acceptance), CellText.Number(bin.Share), CellText.Number(bin.Expected, "0.0")])]),
        ]);
    }
}
