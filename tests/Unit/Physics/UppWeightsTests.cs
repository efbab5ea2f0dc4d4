using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Hdf5IO;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>
/// The eight tables of weights that UPP 0.3.1 made of its split files (<c>../shared/data/upp</c>), made again of the same files.
/// </summary>
public sealed class UppWeightsTests
{
    private static readonly string[] Flavours = ["bjets", "cjets", "ujets", "taujets"];

    private static readonly double[] Pt = Joined((20_000, 250_000, 10), (250_000, 1_000_000, 5), (1_000_000, 6_000_000, 2));

    [SharedDataTheory]
    [InlineData("mean", 8822.25)]
    [InlineData("min", 1838)]
    [InlineData("max", 19158)]
    [InlineData("uniform", 131)]
    [InlineData("2", double.NaN)]
    [InlineData("0_1", double.NaN)]
    public void Tables_of_pt_and_eta_are_those_of_UPP_to_12_digits(string target, double sum)
    {
        CellBinning cells = Cells(true, ("pt", Pt), ("eta", CellEdges.Steps(-2.5, 2.5, 10)));
        string name = target == "0_1" ? "weight_jets_pt_eta_target_0_1" : $"weight_jets_pt_eta_target_{target}_flavour_label";

        WeightTable table = Jets(cells, Target(target));

        ShouldBeOfUpp(table, $"jets/{name}", cells);
        foreach (int one in table.Counts.Keys.Where(_ => !double.IsNaN(sum)))
            table.Counts[one].Zip(table.Weights[one], (count, weight) => count * weight).Sum().ShouldBe(sum, 1e-9 * sum);
    }

    [SharedDataFact]
    public void The_table_without_overflow_is_that_of_UPP()
    {
        CellBinning cells = Cells(false, ("pt", Pt));

        ShouldBeOfUpp(Jets(cells, Target("mean")), "jets/weight_jets_pt_target_mean_flavour_label", cells);
    }

    [SharedDataFact]
    public void The_table_of_tracks_is_that_of_UPP()
    {
        CellBinning cells = Cells(true, ("tracks_pt_frac", Joined((0, 0.5, 10), (0.5, 1, 4))));
        var counts = new CellCounts(cells.Grid.Count);
        foreach ((_, Batch batch) in Rows("tracks_pt_frac", "tracks_ftagTruthOriginLabel"))
        {
            int[] labels = Array.ConvertAll(batch["tracks_ftagTruthOriginLabel"].ToDoubles(), label => (int)label);
            counts.Fill(cells.Of(batch), labels, new int[labels.Length]);
        }

        WeightTable table = Table(cells, counts, Target("mean"));

        ShouldBeOfUpp(table, "tracks/weight_tracks_pt_frac_target_mean_ftagTruthOriginLabel", cells);
    }

    private static WeightTable Jets(CellBinning cells, WeightTarget target)
    {
        var counts = new CellCounts(cells.Grid.Count);
        foreach ((int flavour, Batch batch) in Rows([.. cells.Columns]))
        {
            int[] all = [.. Enumerable.Repeat(flavour, batch.Rows)];
            counts.Fill(cells.Of(batch), all, all);
        }
        return Table(cells, counts, target);
    }

    private static WeightTable Table(CellBinning cells, CellCounts counts, WeightTarget target) => WeightTable.Of(
        "w", cells, counts.Scaled(new Dictionary<int, double>()), (target, new Dictionary<int, double>()), EmptyCells.Zero);

    private static WeightTarget Target(string text) => text switch
    {
        "mean" => new(TargetKind.Mean, []),
        "min" => new(TargetKind.Min, []),
        "max" => new(TargetKind.Max, []),
        "uniform" => new(TargetKind.Uniform, []),
        _ => new(TargetKind.Classes, [.. text.Split('_').Select(int.Parse)]),
    };

    private static void ShouldBeOfUpp(WeightTable table, string path, CellBinning cells)
    {
        using Hdf5File file = Hdf5File.Open(SharedData.At("upp", "out-rw", "histograms.h5"));
        for (int axis = 0; axis < cells.Grid.Axes.Count; axis++)
        {
            double[] edges = Values(file, $"/{path}/bins/bin_{axis}");
            cells.Grid.Axes[axis].Edges.Zip(edges).ShouldAllBe(pair => Near(pair.First, pair.Second));
        }
        IReadOnlyList<string> classes = file.Names($"/{path}/weights");
        classes.ShouldBe(table.Weights.Keys.Select(one => $"{one}"));
        foreach (string one in classes)
        {
            double[] theirs = Values(file, $"/{path}/weights/{one}"), ours = table.Weights[int.Parse(one)];
            theirs.Length.ShouldBe(cells.Grid.Count);
            for (int cell = 0; cell < theirs.Length; cell++)
                Near(ours[cell], theirs[cell]).ShouldBeTrue($"{cells.NameOf(cell)}: {ours[cell]:R} is not {theirs[cell]:R}");
        }
    }

    private static bool Near(double ours, double theirs) => ours.Equals(theirs) || Math.Abs(ours - theirs) <= 1e-12 * Math.Abs(theirs);

    private static double[] Values(Hdf5File file, string path)
    {
        using Hdf5Dataset values = file.Dataset(path);
        return values.ReadAll<double>();
    }

    // All train rows of UPP's split files, with the number of their class.
    private static IEnumerable<(int Flavour, Batch Rows)> Rows(params string[] columns)
    {
        for (int flavour = 0; flavour < Flavours.Length; flavour++)
            foreach (string path in Directory.GetFiles(
                SharedData.At("upp", "split-components"),
                $"output_train_*_{Flavours[flavour]}.h5",
                SearchOption.AllDirectories))
            {
                using RawFile file = RawFile.Open(new ProductInput(path));
                foreach (Batch batch in file.Table("jets").Read(new RawSelection(columns))) yield return (flavour, batch);
            }
    }

    private static CellBinning Cells(bool overflow, params (string Variable, double[] Edges)[] axes) => new(
        "cells",
        [.. axes.Select(axis => Expression.Parse(axis.Variable, "test"))],
        new CellGrid([.. axes.Select(axis => new CellEdges(new BinEdges(axis.Edges), overflow))]));

    private static double[] Joined(params (double Low, double High, int Bins)[] rows) =>
        [.. rows.SelectMany((row, i) => CellEdges.Steps(row.Low, row.High, row.Bins).Skip(i == 0 ? 0 : 1))];
}
