using System.Globalization;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>Rows of several batches of 242 columns mixed into new batches: one by one as draws fall, and in runs of neighbours.</summary>
internal static class RowBenchmarks
{
    private const int Columns = 242, Sources = 8, SourceRows = 4096, Rows = 32_768, Built = 4096, Rounds = 7;

    public static void Run(ResultTable table)
    {
        Batch[] sources = [.. Enumerable.Range(0, Sources).Select(Source)];
        table.Head(string.Create(CultureInfo.InvariantCulture, $"{Columns} columns of float32, {Rows:#,0} rows of {Sources} batches"));
        table.Row("rows", "a value at a time, rows/s", "ns a value", "BatchBuilder, rows/s", "ns a value", "ratio", "bound");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:");
        foreach (int run in new[] { 1, 16 })
        {
            (Batch Batch, int Row)[] order = Order(sources, run);
            // In turn, so that both see the same machine.
            var times = Enumerable.Range(0, Rounds + 1).Select(_ => (
                Peer: ProcessorTime.Of(() => OneByOne(sources[0].Schema, order)),
                Ours: ProcessorTime.Of(() => InRuns(sources[0].Schema, order, run)))).Skip(1).ToList();
            double peer = ResultTable.Median(times.Select(time => time.Peer)), ours = ResultTable.Median(times.Select(time => time.Ours));
            table.Row(run == 1 ? "in random order" : $"in runs of {run}", Rate(peer), Nanoseconds(peer), Rate(ours), Nanoseconds(ours),
                ResultTable.Number(ResultTable.Median(times.Select(time => time.Peer / time.Ours))), ">= 10");
        }
    }

    private static Batch Source(int number)
    {
        var random = new Random(number);
        return new Batch(Enumerable.Range(0, Columns).Select(column =>
            new Column<float>($"tau_column_{column}", Enumerable.Range(0, SourceRows).Select(_ => random.NextSingle()).ToArray())));
    }

    private static (Batch, int)[] Order(Batch[] sources, int run)
    {
        var random = new Random(run);
        var order = new List<(Batch, int)>();
        while (order.Count < Rows)
        {
            (Batch batch, int first) = (sources[random.Next(Sources)], random.Next(SourceRows - run));
            order.AddRange(Enumerable.Range(first, run).Select(row => (batch, row)));
        }
        return [.. order];
    }

    private static void OneByOne(Schema schema, (Batch Batch, int Row)[] order)
    {
        var builder = new RowByRow(schema);
        for (int i = 0; i < order.Length; i++)
        {
            builder.Append(order[i].Batch, order[i].Row);
            if ((i + 1) % Built == 0) Check(builder.Build(), order[i]);
        }
    }

    private static void InRuns(Schema schema, (Batch Batch, int Row)[] order, int run)
    {
        var builder = new BatchBuilder(schema);
        for (int i = 0; i < order.Length; i += run)
        {
            builder.Append(order[i].Batch, order[i].Row, run);
            if ((i + run) % Built == 0) Check(builder.Build(), order[i + run - 1]);
        }
    }

    private static void Check(Batch built, (Batch Batch, int Row) last)
    {
        string column = built.Schema.Columns[^1].Name;
        if (built.Rows != Built || built.Flat<float>(column)[^1] != last.Batch.Flat<float>(column)[last.Row])
            throw new Defect("rows were mixed up");
    }

    private static string Rate(double milliseconds) => (Rows / milliseconds * 1e3).ToString("#,0", CultureInfo.InvariantCulture);

    private static string Nanoseconds(double milliseconds) => ResultTable.Number(milliseconds * 1e6 / Rows / Columns);
}
