using TauPipeline.Plotting;

namespace TauPipeline.Tests.Unit.Plotting;

/// <summary>A report with one of everything.</summary>
internal static class SampleReport
{
    public const string Hostile = "<img src=x onerror=alert('1')> & \"quotes\" </script>";

    public static Report Of(params IReadOnlyList<ReportFigure> figures) => new()
    {
        Title = "Demo campaign: taus against jets",
        Subtitle = "TauTuple layout, 102 400 candidates, seed 7",
        Notes =
        [
            new ReportNote(
                "Only 57 genuine taus are in the test rows: so few candidates prove the format, not the network.",
                NoteKind.Warning),
            new ReportNote("Quick look: limit.entries = 1000."),
        ],
        Cards =
        [
            new ReportCard("AUC against jets", "0.9731", "± 0.0008"),
            new ReportCard("Misidentification at 70 %", "3.5 × 10⁻²", "68 %: 3.3 to 3.7"),
            new ReportCard("Candidates tested", "20 480"),
            new ReportCard("Epochs", "10", "kept: 7"),
        ],
        Sections =
        [
            new ReportSection("ROC curves", [new ReportText("Each curve uses exactly the classes its title names."), .. figures]),
            new ReportSection("Working points",
            [
                new ReportTable(
                    "Thresholds and achieved efficiencies",
                    [
                        new ReportColumn("Working point"),
                        new ReportColumn("Threshold", Number: true),
                        new ReportColumn("Efficiency", Number: true),
                    ],
                    [["Loose", "0.4312", "0.801"], ["Medium", "0.6120", "0.700"], ["Tight", "0.8455", "0.551"], [Hostile, "—", "−0.5"]]),
            ]),
            new ReportSection(
                "How it was made",
                [
                    new ReportDetails("Settings of Train", [new ReportCode("train:\n  epochs: 10\n  batch: 256  # " + Hostile)]),
                    new ReportText(Hostile),
                ]),
        ],
    };
}
