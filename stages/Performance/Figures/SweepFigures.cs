using TauPipeline.BuildGraph;
using TauPipeline.Formats;
using TauPipeline.Learning;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The validation losses of the points of a sweep, epoch by epoch.</summary>
internal static class SweepFigures
{
    private const int MostCurves = 8; // as many as colours tell apart

    /// <summary>The kind of figure.</summary>
    public static FigureKind Kind(PlotSources sources, PlotSettings settings) => new(
        new("sweep", Headings.Training),
        [
            new StepInput("choice", ChooseStage.Choice),
            .. from training in sources.Parts.Trainings
               from point in sources.Sweep
               select new StepInput(point, TrainStage.History(training, point)),
        ],
        settings.UsedBy(),
        run => Of(run, sources, settings));

    private static IEnumerable<NamedFigure> Of(StepRun run, PlotSources sources, PlotSettings settings)
    {
        SweepFile sweep = run.Read(ChooseStage.Choice);
        foreach (Training training in sources.Parts.Trainings)
        {
            (string Point, TrainingHistory History)[] all =
            [
                .. sources.Sweep.Select(point => (Point: point, run.Read(TrainStage.History(training, point)).History))
                    .Where(one => one.History.Epochs.Count > 0),
            ];
            if (all.Length == 0) continue;
            (string Point, TrainingHistory History)[] shown =
            [
                .. all.OrderBy(one => one.Point != sweep.Chosen)
                    .ThenBy(one => one.History.Epochs.Min(epoch => epoch.ValidationLoss))
                    .Take(MostCurves),
            ];
            yield return new NamedFigure(training.Name.Length == 0 ? "sweep" : $"sweep_{training.Name}", new HistoryFigure
            {
                Title = training.Name.Length == 0 ? "Sweep" : $"Sweep, {training.Name}",
                Caption = $"Validation loss of {Which(shown.Length, all.Length)}. The first was chosen; its best epoch is marked.",
                Y = new PlotAxis("Validation loss"),
                Curves = [.. shown.Select(one => Curve(one.Point, one.History))],
                BestEpoch = shown[0].History.BestEpoch,
                Width = settings.Width,
                Height = settings.Height * 4 / 5,
            });
        }
    }

    private static string Which(int shown, int all) =>
        shown == all ? "each point" : $"{shown} of {all} points, those of the lowest losses";

    private static Curve Curve(string name, TrainingHistory history) => new(
        name, [.. history.Epochs.Select(epoch => (double)epoch.Epoch)], [.. history.Epochs.Select(epoch => epoch.ValidationLoss)]);
}
