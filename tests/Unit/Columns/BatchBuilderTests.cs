using System.Numerics;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Columns;

/// <summary>Every value says where it is from: source, row and place in the row. What is collected is compared with that.</summary>
public sealed class BatchBuilderTests
{
    private const int RowsOfSource = 700;

    private static readonly Batch[] Sources = [.. Enumerable.Range(0, 5).Select(Source)];

    [Fact]
    public void Rows_and_runs_of_many_batches_come_in_the_order_they_were_added()
    {
        var random = new CounterRandom(1, 1);
        var builder = new BatchBuilder(Sources[0].Schema);
        for (int round = 0; round < 3; round++)
        {
            List<(int Source, int Row)> added = [];
            while (added.Count < 9000)
            {
                int source = random.NextInt(Sources.Length), first = random.NextInt(RowsOfSource);
                int count = random.NextInt(4) == 0 ? random.NextInt(RowsOfSource - first + 1) : 1;
                if (count == 1) builder.Append(Sources[source], first);
                else builder.Append(Sources[source], first, count);
                added.AddRange(Enumerable.Range(first, count).Select(row => (source, row)));
                builder.Rows.ShouldBe(added.Count);
            }

            Check(builder.Build(), added);
        }
    }

    [Fact]
    public void Nothing_collected_is_a_batch_without_rows()
    {
        Batch empty = new BatchBuilder(Sources[0].Schema).Build();

        empty.Rows.ShouldBe(0);
        empty.Jagged<double>("jagged_float64").Offsets.ToArray().ShouldBe([0]);
    }

    [Fact]
    public void A_batch_that_lacks_a_column_or_has_another_type_is_refused_with_its_first_row()
    {
        var builder = new BatchBuilder(new Schema([new ColumnSpec("pt", ColumnType.Float32)]));

        Should.Throw<StepFailed>(() => builder.Append(new Batch([new Column<float>("pt_", new float[1])]), 0))
            .Message.ShouldContain("nearest  pt_");
        Should.Throw<StepFailed>(() => builder.Append(new Batch([new Column<double>("pt", new double[1])]), 0))
            .Message.ShouldContain("float64");
        Should.Throw<StepFailed>(() => builder.Append(new Batch([new JaggedColumn<float>("pt", "hit", new[] { 0, 1 }, new float[1])]), 0))
            .Message.ShouldContain("float32[]");
        builder.Rows.ShouldBe(0);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(RowsOfSource, 1)]
    [InlineData(RowsOfSource - 2, 3)]
    [InlineData(3, -1)]
    public void Rows_that_the_batch_has_not_are_a_defect_at_once(int first, int count) =>
        Should.Throw<Defect>(() => new BatchBuilder(Sources[0].Schema).Append(Sources[0], first, count));

    private static void Check(Batch batch, List<(int Source, int Row)> added)
    {
        batch.Rows.ShouldBe(added.Count);
        CheckColumns<byte>(batch, added);
        CheckColumns<short>(batch, added);
        CheckColumns<long>(batch, added);
        CheckColumns<float>(batch, added);
        CheckColumns<double>(batch, added);
    }

    private static void CheckColumns<T>(Batch batch, List<(int Source, int Row)> added) where T : unmanaged, INumber<T>
    {
        string type = ColumnTypes.Name(ColumnTypes.Of<T>());
        batch.Flat<T>($"flat_{type}").ToArray().ShouldBe([.. added.Select(row => Value<T>(row.Source, row.Row, 0))]);
        JaggedColumn<T> jagged = batch.Jagged<T>($"jagged_{type}");
        for (int i = 0; i < added.Count; i++) jagged[i].SequenceEqual(Values<T>(added[i].Source, added[i].Row)).ShouldBeTrue($"row {i}");
    }

    // Each source has its columns in an order of its own.
    private static Batch Source(int source)
    {
        Column[] columns =
        [
            .. Pair<byte>(source),
            .. Pair<short>(source),
            .. Pair<long>(source),
            .. Pair<float>(source),
            .. Pair<double>(source),
        ];
        return new Batch([.. columns[source..], .. columns[..source]]);
    }

    private static Column[] Pair<T>(int source) where T : unmanaged, INumber<T>
    {
        string type = ColumnTypes.Name(ColumnTypes.Of<T>());
        T[] flat = [.. Enumerable.Range(0, RowsOfSource).Select(row => Value<T>(source, row, 0))];
        T[][] rows = [.. Enumerable.Range(0, RowsOfSource).Select(row => Values<T>(source, row))];
        int[] offsets = [0, .. rows.Select((_, row) => rows.Take(row + 1).Sum(values => values.Length))];
        return
        [
            new Column<T>($"flat_{type}", flat),
            new JaggedColumn<T>($"jagged_{type}", "table", offsets, rows.SelectMany(values => values).ToArray()),
        ];
    }

    private static T[] Values<T>(int source, int row) where T : unmanaged, INumber<T> =>
        [.. Enumerable.Range(0, (source + row) % 4).Select(place => Value<T>(source, row, place))];

    private static T Value<T>(int source, int row, int place)
        where T : unmanaged, INumber<T> => T.CreateTruncating(10_000 * source + 10 * row + place);
}
