using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using Shouldly;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Formats;

/// <summary>A tuple shard as a Parquet file, opened by DuckDB.</summary>
public sealed class TupleShardAsParquetTests : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The library is found by its name once it is loaded by its path.</summary>
    public TupleShardAsParquetTests() => NativeLibrary.Load((string)AppContext.GetData("TauPipeline.Tests.DuckDB")!);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DuckDB_finds_every_type_with_its_values_and_lists_row_by_row()
    {
        Shard(4);

        TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("a.parquet"), _ => true).ShouldBe(4);

        Asked("select column_name || ' ' || column_type from (describe select * from $)").ShouldBe([
            "tau_pt FLOAT", "score DOUBLE", "evt UBIGINT", "run UINTEGER", "mode INTEGER", "q TINYINT", "ok BOOLEAN", "pfCand_pt FLOAT[]",
            "pfCand_charge TINYINT[]",
        ]);
        Asked("select tau_pt, score, evt, mode, ok from $").ShouldBe([
            "20.5 0.125 9007199254740993 10 True", "NaN 0.3333333333333333 18446744073709551615 null False", "42 0.5 3 -1 True",
            "53 1 4 0 True",
        ]);
        Asked("select pfCand_pt, pfCand_charge::varchar, len(pfCand_pt) from $").ShouldBe([
            "[0.5, 1.5] [1, -1] 2", "[] [] 0", "[2.5] [NULL] 1", "[3.5, 4.5, 5.5] [1, 1, -1] 3",
        ]);
        Asked("select decode(value) from parquet_kv_metadata($) where decode(key) = 'origin'").ShouldBe(["raw/a.root"]);
    }

    // More rows than a row group holds.
    [Fact]
    public void All_rows_of_a_large_shard_are_there_in_their_order()
    {
        Shard(150_001);

        TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("a.parquet"), name => name is "evt" or "pfCand_pt").ShouldBe(150_001);

        Asked("select count(*), count(distinct evt), sum(len(pfCand_pt)) from $").ShouldBe(["150001 150001 225002"]);
        Asked("select evt from $ limit 1 offset 150000").ShouldBe(["150001"]);
        Asked("select count(*) > 1 from (select distinct row_group_id from parquet_metadata($))").ShouldBe(["True"]);
    }

    [Fact]
    public void The_same_rows_are_the_same_bytes_and_no_column_is_misuse()
    {
        Shard(4);

        TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("a.parquet"), _ => true);
        TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("b.parquet"), _ => true);

        File.ReadAllBytes(_folder.At("b.parquet")).ShouldBe(File.ReadAllBytes(_folder.At("a.parquet")));
        Should.Throw<Misuse>(() => TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("c.parquet"), _ => false));
        File.Exists(_folder.At("c.parquet")).ShouldBeFalse();
    }

    [Fact]
    public void A_shard_without_a_row_is_a_file_without_a_row()
    {
        Shard(0);

        TupleShardAsParquet.Write(_folder.At("a.h5"), _folder.At("a.parquet"), _ => true).ShouldBe(0);

        Asked("select count(*) from $").ShouldBe(["0"]);
    }

    private string[] Asked(string query)
    {
        using var database = new DuckDBConnection("DataSource=:memory:");
        database.Open();
        using DuckDBCommand command = database.CreateCommand();
#pragma warning disable CA2100 // the test's own query, over the test's own file
        command.CommandText = query.Replace("$", $"'{_folder.At("a.parquet")}'", StringComparison.Ordinal);
#pragma warning restore CA2100
        using DuckDBDataReader reader = command.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read()) lines.Add(string.Join(' ', Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
        return [.. lines];
    }

    private static string Text(object? value) => value switch
    {
        null or DBNull => "null",
        string text => text,
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    // Four rows that are all different, and after them ones like the first.
    private void Shard(int rows)
    {
        var offsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) offsets[row + 1] = offsets[row] + row switch { 1 => 0, 2 => 1, 3 => 3, _ => 2 - row % 2 };
        T[] Of<T>(params T[] first) => [.. Enumerable.Range(0, rows).Select(row => row < first.Length ? first[row] : first[0])];
        ulong[] evt = [.. Enumerable.Range(1, rows).Select(row => (ulong)row)];
        if (rows == 4) (evt[0], evt[1]) = (9_007_199_254_740_993, ulong.MaxValue);
        float[] pt = [.. Enumerable.Range(0, offsets[^1]).Select(i => i + 0.5f)];
        sbyte[] charge =
            [.. Enumerable.Range(0, offsets[^1]).Select(i => i switch { 1 or 5 => (sbyte)-1, 2 => sbyte.MinValue, _ => (sbyte)1 })];
        var batch = new Batch(
        [
            new Column<float>("tau_pt", Of(20.5f, float.NaN, 42, 53)), new Column<double>("score", Of(0.125, 1 / 3.0, 0.5, 1)),
            new Column<ulong>("evt", evt), new Column<uint>("run", Of(1u, uint.MaxValue)),
            new Column<int>("mode", Of(10, int.MinValue, -1, 0)), new Column<sbyte>("q", Of((sbyte)1, (sbyte)-1)),
            new Column<bool>("ok", Of(true, false)),
            new JaggedColumn<float>("pfCand_pt", "pfCand", offsets, pt), new JaggedColumn<sbyte>("pfCand_charge", "pfCand", offsets, charge),
        ]);
        using TupleShardWriter writer = TupleShardWriter.Create(new ProductOutput(_folder.At("a.h5")));
        writer.Begin(batch.Schema, new Dictionary<string, string> { ["origin"] = "raw/a.root" });
        writer.Append(batch);
    }
}
