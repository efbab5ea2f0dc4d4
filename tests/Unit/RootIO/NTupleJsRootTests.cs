using System.Globalization;
using System.Text.Json;
using Shouldly;
using TauPipeline.RootIO;
using Xunit.Abstractions;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Public RNTuple files against JSROOT 7.11.2, every entry and field that it reads.</summary>
public sealed class NTupleJsRootTests(ITestOutputHelper output)
{
    // JSROOT takes (1 << 32) for 1 and reads no 32-bit quantised value; it is held to its neighbours elsewhere.
    private static readonly string[] ReadWrongly = ["quant32"];
    private const int MostEntries = 50_000;

    // A hundred million equal numbers in one page or two: JSROOT takes a minute for any of them.
    private const string TooLong = "test_int_multicluster";

    [JsRootFilesFact]
    public void Every_field_that_JSROOT_reads_has_its_values()
    {
        int equal = 0, others = 0;
        foreach (string path in NTuples.Files.Except([NTuples.File(TooLong)]))
        {
            using RootFile file = RootFile.Open(path);
            RNTuple tuple = file.NTuple(NTuples.KeyOf(file).Path);
            JsonElement fields = JsRoot.ReadNTuple(path, tuple.Path, MostEntries);
            int before = equal;
            foreach (RNTupleColumn column in tuple.Columns)
            {
                string[] names = column.Name.Split('.');
                if (ReadWrongly.Contains(column.Name) || fields.GetProperty(names[0]).ValueKind == JsonValueKind.Null)
                {
                    others++;
                    continue;
                }
                JsonElement[] expected = [.. fields.GetProperty(names[0]).EnumerateArray()];
                Compare(
                    NTuples.Range(tuple, column.Name, 0, Math.Min(expected.Length, tuple.Entries)),
                    expected,
                    names[1..],
                    $"{Path.GetFileName(path)} {column.Name}");
                equal++;
            }
            (equal - before).ShouldBePositive(path);
        }
        output.WriteLine($"RNTuple columns equal to JSROOT: {equal}; not read by JSROOT: {others}");
        equal.ShouldBeGreaterThan(1000);
    }

    private static void Compare(RootColumn found, JsonElement[] expected, string[] members, string what)
    {
        // Of an untyped collection JSROOT gives the ends; of a field that is projected out of one, its values end to end.
        bool isScalar =
            expected.Length > 0 && expected[0].ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.String);
        if (isScalar && found.Shape.Levels == 1 && members.Length == 1)
            expected.Select(end => end.GetInt32()).ShouldBe(found.Offsets(0)[1..].ToArray(), what);
        else if (isScalar && found.Shape.Levels == 1)
            Texts(found).Take(expected.Length).ShouldBe(expected.Take(found.ValueCount).Select(Text), what);
        else if (found.Shape.Dimensions is [int bits] && found is RootColumn<bool> set)
            expected.Select(value => value.GetInt64())
                .ShouldBe(Enumerable.Range(0, found.Entries).Select(entry => Number(set[entry], bits)), what);
        else found.Lists().ShouldBe(expected.Select(value => Text(Member(value, members))), what);
    }

    private static JsonElement Member(JsonElement value, string[] members) => members.Aggregate(value, (at, name) => at.GetProperty(name));

    private static long Number(ReadOnlySpan<bool> bits, int count)
    {
        long number = 0;
        for (int i = 0; i < count; i++) number |= (bits[i] ? 1L : 0) << i;
        return number;
    }

    private static string[] Texts(RootColumn column) => column.Flat();

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => "[" + string.Join(",", value.EnumerateArray().Select(Text)) + "]",
        JsonValueKind.True => "1",
        JsonValueKind.False => "0",
        JsonValueKind.Number => ((float)value.GetDouble()).ToString(CultureInfo.InvariantCulture),
        _ => value.GetString()!,
    };
}
