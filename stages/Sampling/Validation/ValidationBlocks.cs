using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>What the gate before training found, for pages: a sentence, the smallest p-value of each level, and figures.</summary>
internal static class ValidationBlocks
{
    public static IEnumerable<ReportBlock> Of(string of, ValidationFile validation, PlotTheme theme)
    {
        int failed = validation.Tests.Count(test => test.Adjusted < validation.Alpha);
        string leaks = validation.Leaks.Count == 0
            ? $"No event stands in two parts of the split{of}"
            : $"{validation.Leaks.Count} or more events stand in two parts of the split{of}";
        yield return new ReportText(FormattableString.Invariant(
            $"{leaks}; {failed} of {validation.Tests.Count} comparisons of a chunk of the mixed train rows with all others fail at a family-wise {validation.Alpha} (Holm)."));
        if (validation.Tests.Count == 0) yield break;
        yield return new ReportDetails($"Comparisons of chunks{of}",
        [
            new ReportTable(
                "Smallest p-value of each level and test",
                [
                    new("Rows of"), new("Test"), new("Comparisons", true), new("Worst"), new("Chunk", true), new("Statistic", true),
                    new("Degrees of freedom", true), new("p", true), new("Holm-corrected p", true),
                ],
                [
                    .. from test in validation.Tests
                       group test by (test.Level, test.Test) into tests
                       let worst = tests.MinBy(test => test.PValue)
                       select (IReadOnlyList<string>)
                       [
                           tests.Key.Level, tests.Key.Test, CellText.Count(tests.Count()), worst.Distribution, CellText.Count(worst.Chunk),
                           CellText.Number(worst.Statistic, "0.00"), worst.Test == ChunkTest.Chi2 ? CellText.Count(worst.DegreesOfFreedom) : "",
                           CellText.Number(worst.PValue, "0.00e+0"), CellText.Number(worst.Adjusted, "0.00e+0"),
                       ],
                ]),
            .. ValidationFigures.Of(validation).Select(figure => ReportFigure.Of(figure, theme, null)),
        ]);
    }
}
