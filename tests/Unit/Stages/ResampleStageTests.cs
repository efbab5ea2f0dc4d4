using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Statistics;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>Resample on the files that umami-preprocessing 0.3.1 resampled, beside what that gave.</summary>
public sealed class ResampleStageTests
{
    private static readonly string[] Stages = ["Ingest", "Split", "Resample"];

    // 0 bjets, 1 cjets, 2 ujets.
    [SharedDataTheory]
    [InlineData("upp-resample.yaml", 300, "resample.method=countup", "resample.sampling_fraction=1.0")]
    [InlineData("upp-resample.yaml", 300, "resample.method=pdf", "resample.sampling_fraction=auto")]
    [InlineData("countup-small", 600)]
    [InlineData("pdf-small", 600)]
    public void Counts_are_exact_and_every_class_has_the_spectrum_of_the_target(string campaign, long validation, params string[] sets)
    {
        using UppFlow flow = UppFlow.Of(campaign, UppFlow.Ntuples, sets).Run(Stages);
        Batch mixed = flow.Rows("Resample", "resample/train").Single();
        var cells = new CellBinning("cells", [Expression.Parse("pt", ""), Expression.Parse("eta", "")],
            new CellGrid([new CellEdges(new BinEdges(Pt), false), new CellEdges(new BinEdges(CellEdges.Steps(-2.5, 2.5, 10)), false)]));
        int[] at = cells.Of(mixed), type = [.. mixed.Flat<int>("tau_type").ToArray()], region = [.. mixed.Flat<int>("region").ToArray()];

        flow.Counts("Resample", "resample/train").ShouldBe(new Dictionary<int, long> { [0] = 4000, [1] = 4000, [2] = 4000 });
        flow.Counts("Resample", "resample/train", "region").ShouldBe(new Dictionary<int, long> { [0] = 6000, [1] = 6000 });
        flow.Counts("Resample", "resample/validation", "region").ShouldBe(new Dictionary<int, long> { [0] = 600, [1] = validation });
        for (int of = 0; of < 2; of++)
        {
            double[] target = Shares(flow, of);
            foreach (int one in new[] { 0, 2 })
            {
                var counts = new double[target.Length];
                for (int row = 0; row < at.Length; row++)
                    if (type[row] == one && region[row] == of) counts[at[row]]++;
                (double chi2, int bins) = (0, -1);
                for (int cell = 0; cell < counts.Length; cell++)
                    if (2000 * target[cell] >= 5)
                        (chi2, bins) = (chi2 + Math.Pow(counts[cell] - 2000 * target[cell], 2) / (2000 * target[cell]), bins + 1);
                Chi2.Probability(chi2, bins).ShouldBeGreaterThan(1e-3, $"class {one} in region {of}: chi2 {chi2} of {bins}");
            }
        }
    }

    // atlas-upp 6.3: the ratio is a spline between cells, so that classes have the target's spectrum only nearly. Right is UPP's output.
    [SharedDataFact]
    public void With_a_spline_between_cells_classes_have_the_spectrum_that_UPP_gives_them()
    {
        using UppFlow flow = UppFlow.Of("pdf2-small", UppFlow.Ntuples).Run(Stages);
        Batch mixed = flow.Rows("Resample", "resample/train").Single();
        // cells of a quarter of the area, which the spline fills
        var cells = new CellBinning("cells", [Expression.Parse("pt", ""), Expression.Parse("eta", "")],
            new CellGrid([new CellEdges(new BinEdges(FinePt), false), new CellEdges(new BinEdges(CellEdges.Steps(-2.5, 2.5, 20)), false)]));
        int[] ours = cells.Of(mixed), type = [.. mixed.Flat<int>("tau_type").ToArray()], region = [.. mixed.Flat<int>("region").ToArray()];

        foreach ((string file, int of, int one) in new[]
        {
            ("lowpt_ttbar_bjets", 0, 0), ("lowpt_ttbar_ujets", 0, 2), ("highpt_zprime_bjets", 1, 0), ("highpt_zprime_ujets", 1, 2),
        })
        {
            int[] theirs = cells.Of(UppFlow.Raw(SharedData.At("upp", "components-pdf2", "train", $"{file}.h5"), "pt", "eta"));
            long[] a = Counts(ours.Where((_, row) => type[row] == one && region[row] == of), cells), b = Counts(theirs, cells);
            (a.Sum(), b.Sum()).ShouldBe((2000, 2000));
            (long[] own, long[] other) = SparseBins.Join(a, b, 10);
            Chi2.Compare(own, other).ShouldNotBeNull().PValue.ShouldBeGreaterThan(1e-3, file);
        }

        static long[] Counts(IEnumerable<int> at, CellBinning cells)
        {
            var counts = new long[cells.Grid.Count];
            foreach (int cell in at) counts[cell]++;
            return counts;
        }
    }

    [SharedDataFact]
    public void Several_shards_have_the_rows_of_one_in_its_order_and_are_equally_large()
    {
        using UppFlow one = new UppFlow("upp-resample.yaml", UppFlow.Ntuples).Run(Stages);
        using UppFlow seven = new UppFlow("upp-resample.yaml", UppFlow.Ntuples, "resample.shards=7").Run(Stages);

        Batch[] shards = [.. seven.Rows("Resample", "resample/train_")];

        shards.Select(rows => rows.Rows).ShouldBe([1714, 1714, 1714, 1714, 1715, 1714, 1715], ignoreOrder: true);
        shards.SelectMany(rows => rows.Flat<ulong>("evt").ToArray())
            .ShouldBe(one.Rows("Resample", "resample/train").Single().Flat<ulong>("evt").ToArray());
    }

    [SharedDataTheory]
    [InlineData("resample.upscale_pdf", "resample.method=countup", "resample.upscale_pdf=2")] // 6.2: no upscaling there
    [InlineData("resample.sampling_fraction", "resample.method=countup", "resample.sampling_fraction=1.1")]
    [InlineData("resample.upscale_pdf", "resample.method=pdf", "resample.upscale_pdf=2", "resample.cells=pt_eta")] // with overflow
    public void Limits_of_upscaling_are_told(string told, params string[] sets) =>
        Should.Throw<Misuse>(() => new UppFlow("upp-resample.yaml", UppFlow.Ntuples, sets).Dispose()).Message.ShouldContain(told);

    [SharedDataFact]
    public void The_target_passes_unchanged_and_duplicates_are_counted()
    {
        using UppFlow flow = new UppFlow("upp-resample.yaml", UppFlow.Ntuples).Run(Stages);
        Batch mixed = flow.Rows("Resample", "resample/train").Single();
        IReadOnlyList<ResampledRows> drawn = flow.Bench.Get(new Artifact<ResampledFile>("resample/train.resampled.json")).Classes;
        (ulong First, int Second, int Third)[] places =
            [.. mixed.Flat<ulong>("evt").ToArray().Zip(mixed.Flat<int>("tau_type").ToArray(), mixed.Flat<int>("region").ToArray())];

        drawn.Count.ShouldBe(6);
        foreach (ResampledRows one in drawn)
        {
            int type = Array.IndexOf(["bjets", "cjets", "ujets"], one.Class), region = one.Component == "lowpt" ? 0 : 1;
            ulong[] events = [.. places.Where(row => row.Second == type && row.Third == region).Select(row => row.First)];
            one.Written.ShouldBe(2000);
            one.Used.ShouldBe(2000);
            one.Unique.ShouldBe(events.Distinct().Count());
            one.MostCopies.ShouldBe(events.GroupBy(evt => evt).Max(same => same.Count()));
            one.UpsamplingRatio.ShouldBe(2000.0 / one.Unique);
            if (one.Class == "cjets") one.Unique.ShouldBe(2000);
            else one.Unique.ShouldBeInRange(1650, 1930); // UPP: 1741 to 1852
        }
    }

    [SharedDataTheory]
    [InlineData("upp-resample.yaml", "resample.method=none", "resample.components.lowpt.rows=-1", "resample.components.highpt.rows=-1")]
    [InlineData("none-small")]
    public void Without_resampling_all_rows_come_out_once(string campaign, params string[] sets)
    {
        using UppFlow flow = UppFlow.Of(campaign, UppFlow.Ntuples, sets).Run(Stages);

        // All but tau jets, which no component has.
        flow.Counts("Resample", "resample/train").Values.ShouldBe([7380, 7333, 19541]);
        flow.Rows("Resample", "resample/train").SelectMany(rows => rows.Flat<ulong>("evt").ToArray()).Distinct().Count().ShouldBe(34_254);
    }

    [SharedDataFact]
    public void Classes_stand_in_their_ratio_from_first_to_last()
    {
        using UppFlow flow = new UppFlow("upp-resample.yaml", UppFlow.Ntuples, "resample.round_rows=2000").Run(Stages);

        int[] type = [.. flow.Rows("Resample", "resample/train").Single().Flat<int>("tau_type").ToArray()];

        type.Length.ShouldBe(12_000);
        foreach (int[] chunk in type.Chunk(1200))
            for (int one = 0; one < 3; one++) chunk.Count(of => of == one).ShouldBeInRange(400 - 40, 400 + 40);
    }

    [SharedDataFact]
    public void A_cell_of_the_target_without_rows_is_an_error_unless_others_fill_up()
    {
        string[] rare =
        [
            "resample.components.highpt.classes=[cjets, taujets]", "resample.components.highpt.rows=100",
            "resample.components.highpt.validation_rows=50",
        ];
        using var flow = new UppFlow("upp-resample.yaml", UppFlow.Ntuples, [.. rare, "resample.empty_cells=fail"]);
        using UppFlow filled = new UppFlow("upp-resample.yaml", UppFlow.Ntuples, rare).Run(Stages);

        StepFailed error = Should.Throw<StepFailed>(() => flow.Run(Stages));

        filled.Counts("Resample", "resample/train")[3].ShouldBe(100);

        error.Text.Title.ShouldContain("cells in which a class has no row to carry it");
        error.Text.Facts[0].Value.ShouldContain("pt ");
    }

    private static double[] Pt =>
    [
        .. CellEdges.Steps(20_000, 250_000, 10), .. CellEdges.Steps(250_000, 1_000_000, 5)[1..],
        .. CellEdges.Steps(1_000_000, 6_000_000, 2)[1..],
    ];

    private static double[] FinePt =>
    [
        .. CellEdges.Steps(20_000, 250_000, 20), .. CellEdges.Steps(250_000, 1_000_000, 10)[1..],
        .. CellEdges.Steps(1_000_000, 6_000_000, 4)[1..],
    ];

    // The share of each cell in the c-jets of a region, counted here from the split rows.
    private static double[] Shares(UppFlow flow, int region)
    {
        var grid = new CellGrid(
            [new CellEdges(new BinEdges(Pt), false), new CellEdges(new BinEdges(CellEdges.Steps(-2.5, 2.5, 10)), false)]);
        var counts = new double[grid.Count];
        foreach (Batch rows in flow.Rows("Split", "split/train/"))
        {
            int[] at = grid.Find([rows["pt"].ToDoubles(), rows["eta"].ToDoubles()]);
            for (int row = 0; row < at.Length; row++)
                if (rows.Flat<int>("tau_type")[row] == 1 && rows.Flat<int>("region")[row] == region) counts[at[row]]++;
        }
        return [.. counts.Select(count => count / counts.Sum())];
    }
}
