using System.Globalization;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Plotting;

namespace TauPipeline.Stages;

/// <summary>The points of a sweep as tables: a row a training.</summary>
internal static class SweepTables
{
    /// <summary>For other programs; the name of a point holds commas, so it stands in quotes.</summary>
    public static string Csv(SweepFile sweep) =>
        "point,training,chosen,epochs,best_epoch,train_loss,validation_loss,validation_accuracy\n"
        + string.Concat(Rows(sweep).Select(row => string.Create(
            CultureInfo.InvariantCulture,
            $"\"{row.Point.Name}\",{row.One.Training},{(row.Point.Name == sweep.Chosen ? 1 : 0)},{row.One.Epochs},{row.One.BestEpoch},"
            + $"{Exact(row.One.TrainLoss)},{Exact(row.One.ValidationLoss)},{Exact(row.One.Accuracy)}\n")));

    /// <summary>For the report.</summary>
    public static ReportTable Of(SweepFile sweep) => new(
        $"Points of the sweep; {sweep.Chosen} was chosen by its {sweep.Rule.Replace('_', ' ')}"
            + $"{(sweep.Points.Any(point => point.Trainings.Count > 1) ? ", the mean over folds" : "")}.",
        [
            new("Point"), new("Fold"), new("Chosen"), new("Epochs", true), new("Best epoch", true), new("Training loss", true),
            new("Validation loss", true), new("Validation accuracy", true),
        ],
        [
            .. Rows(sweep).Select(row => (string[])
            [
                row.Point.Name, row.One.Training.Length == 0 ? "-" : row.One.Training, row.Point.Name == sweep.Chosen ? "yes" : "",
                Whole(row.One.Epochs), Whole(row.One.BestEpoch), Short(row.One.TrainLoss), Short(row.One.ValidationLoss),
                Short(row.One.Accuracy),
            ]),
        ]);

    private static IEnumerable<(SweepPoint Point, SweepTraining One)> Rows(SweepFile sweep) =>
        sweep.Points.SelectMany(point => point.Trainings.Select(one => (point, one)));

    private static string Exact(double? value) => value is { } number ? NumberText.Exact(number) : "";

    private static string Short(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
