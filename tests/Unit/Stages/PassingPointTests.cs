using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

public sealed class PassingPointTests
{
    private static readonly WorkingPoint[] Order = [WorkingPoint.Loose, WorkingPoint.Medium, WorkingPoint.Tight];

    [Fact]
    public void Bits_and_ordinals_of_the_same_rows_pass_alike()
    {
        // Nothing, loose, loose and medium, all: as masks and as numbers of points passed.
        bool?[][] bits = Passing(WorkingPointEncoding.Bits, 0b000, 0b001, 0b011, 0b111),
            ordinals = Passing(WorkingPointEncoding.Ordinal, 0, 1, 2, 3);

        bits.ShouldBe([[false, true, true, true], [false, false, true, true], [false, false, false, true]]);
        ordinals.ShouldBe(bits);
    }

    [Fact]
    public void A_row_without_the_column_is_marked()
    {
        Discriminator stored = Stored(WorkingPointEncoding.Bits);
        var rows = new ScoredRows(StandardClasses.Scheme, [stored], RowWeight.None, []);
        rows.Add("DY", Rows(1, float.NaN));

        rows.Points("stored", StandardClasses.Jet).ShouldBe([1, -1]);
        PassingPoint.Stored(stored, StandardClasses.Jet, new StoredWorkingPoints(WorkingPointEncoding.Bits, Order))
            .First()
            .Passes(rows)
            .ShouldBe([true, null]);
    }

    [Fact]
    public void A_threshold_is_passed_strictly_above_it()
    {
        var network = new Discriminator(
            "net",
            "Net",
            true,
            new Dictionary<TauClass, Expression>(),
            new Dictionary<TauClass, StoredPoints>());
        var rows = new ScoredRows(StandardClasses.Scheme, [network], RowWeight.None, []);
        rows.Add("DY", ScoredBatch.Of((0.5f, 0.5f), (0.75f, 0.25f)));
        double half = rows.Scores("net", StandardClasses.Jet)![0];
        var table = new WorkingPointTable([
            new("jet", WorkingPoint.Medium, 0.5, half, 0.5, []),
            new("e", WorkingPoint.Loose, 0.9, 0.1, 0.9, []),
        ]);

        PassingPoint[] points = [.. PassingPoint.Of(network, StandardClasses.Jet, table)];

        points.ShouldHaveSingleItem().Passes(rows).ShouldBe([false, true]);
        PassingPoint.Required(
                network,
                StandardClasses.Jet,
                table,
                new Dictionary<TauClass, WorkingPoint>
                {
                    [StandardClasses.Jet] = WorkingPoint.Medium,
                    [StandardClasses.Electron] = WorkingPoint.Loose,
                })
            .ShouldHaveSingleItem().Name.ShouldBe("Loose against e");
    }

    private static bool?[][] Passing(WorkingPointEncoding encoding, params float[] values)
    {
        Discriminator stored = Stored(encoding);
        var rows = new ScoredRows(StandardClasses.Scheme, [stored], RowWeight.None, []);
        rows.Add("DY", Rows(values));
        return
        [
            .. PassingPoint.Stored(stored, StandardClasses.Jet, new StoredWorkingPoints(encoding, Order))
                .Select(point => point.Passes(rows)!),
        ];
    }

    private static Discriminator Stored(WorkingPointEncoding encoding) =>
        new(
            "stored",
            "Stored",
            false,
            new Dictionary<TauClass, Expression>(),
        new Dictionary<TauClass, StoredPoints> { [StandardClasses.Jet] = new("points", encoding, Order) });

    private static Batch Rows(params float[] points) =>
        ScoredBatch.Of([.. points.Select(_ => (0.5f, 0.5f))]).With(new Column<float>("points", points));
}
