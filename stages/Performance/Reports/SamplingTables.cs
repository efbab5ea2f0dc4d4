using TauPipeline.Formats;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>What mixing gave, and the gate behind it.</summary>
internal static class SamplingTables
{
    /// <summary>The trainings that the yields did not allow, one note for each reason.</summary>
    public static IEnumerable<ReportNote> Untrained(IReadOnlyDictionary<Training, YieldFile> yields) =>
        from one in yields
        where one.Value.NoTraining is not null
        group one.Key by one.Value.NoTraining into trainings
        select new ReportNote(
            $"No network was trained{(trainings.Count() == yields.Count ? "" : $" in {string.Join(", ", trainings.Select(training => training.Name))}")}: {trainings.Key}. "
            + "Its candidates have no score of the network; what the files store is shown.", NoteKind.Warning);

    public static IEnumerable<ReportBlock> Of(Training training, YieldFile yields, ValidationFile validation, PlotTheme theme)
    {
        string of = training.Of;
        foreach (ReportBlock block in ValidationBlocks.Of(of, validation, theme)) yield return block;
        yield return new ReportText($"The same by itself: {ValidateStage.Page(training).Path}.");
        yield return new ReportDetails($"Expected yields of mixing{of}",
        [
            new ReportTable(
                "Candidates before, acceptance, share of the type, candidates expected after",
                [
                    new("Group"),
                    new("Type"),
                    new("|η| bin", true),
                    new("p_T bin", true),
                    new("Before", true),
                    new("Acceptance", true),
                    new("Share", true),
                    new("Expected", true),
                ],
                [
                    .. yields.Bins.Select(bin =>
                        (IReadOnlyList<string>)
                            [
                                bin.Group,
                                bin.Type,
                                CellText.Count(bin.AbsEtaBin),
                                CellText.Count(bin.PtBin),
                                CellText.Count(bin.Count),
                                CellText.Number(bin.Acceptance),
                                CellText.Number(bin.Share),
                                CellText.Number(bin.Expected, "0.0"),
                            ]),
                ]),
        ]);
    }
}
