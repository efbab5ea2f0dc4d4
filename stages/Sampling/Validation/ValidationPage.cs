using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The page of one training's gate.</summary>
internal static class ValidationPage
{
    public static string Html(Training training, ValidationFile validation)
    {
        bool isPassed = validation.Leaks.Count == 0 && validation.Tests.All(test => test.Adjusted >= validation.Alpha);
        return new ReportPage(PageScripts.From(NodeModules.Find())).Html(new Report
        {
            Title = $"Validation of the mixed rows{training.Of}",
            Notes = isPassed ? [] : [new ReportNote("The gate before training is not passed.", NoteKind.Warning)],
            Sections = [new ReportSection("Chunks of the mixed rows", [.. ValidationBlocks.Of(training.Of, validation, new PlotTheme())])],
        });
    }
}
