using System.Globalization;
using System.Text.Json;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Columns;
using Xunit;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Files of ours, read by JSROOT 7.11.2.</summary>
public sealed class JsRootReadbackTests : IDisposable
{
    private readonly WrittenFiles _files = new();

    public void Dispose() => _files.Dispose();

    [JsRootTheory]
    [InlineData(CodecKind.None)]
    [InlineData(CodecKind.Zlib)]
    [InlineData(CodecKind.Lz4)]
    [InlineData(CodecKind.Zstd)]
    [InlineData(CodecKind.Lzma)]
    public void Another_implementation_reads_equal_values_of_every_branch(CodecKind kind)
    {
        const int rows = 400;
        string path = _files.Write(kind, rows);

        JsonElement trees = JsRoot.Read(path);

        JsonElement taus = trees.GetProperty("taus");
        foreach (Column column in SampleBatches.Of(0, rows).Columns)
        {
            var expected = new TextsOfRows();
            column.Accept(expected);
            taus.GetProperty(column.Spec.Name).EnumerateArray().Select(JsRoot.Text).ShouldBe(expected.Rows, column.Spec.Name);
        }
        taus.GetProperty("nTau").EnumerateArray().Select(JsRoot.Text).ShouldBe(Enumerable.Range(0, rows).Select(i => $"{i % 4}"));
        trees.GetProperty("summary").GetProperty("lumi")[0].GetDouble().ShouldBe(0.125);
    }

    private sealed class TextsOfRows : IColumnVisitor
    {
        public List<string> Rows { get; } = [];

        public void Visit<T>(Column<T> column) where T : unmanaged => Rows.AddRange(column.ToDoubles().Select(One));

        public void Visit<T>(JaggedColumn<T> column) where T : unmanaged
        {
            double[] values = column.ToDoubles();
            for (int i = 0; i < column.Rows; i++)
                Rows.Add("[" + string.Join(",", values[column.Offsets[i]..column.Offsets[i + 1]].Select(One)) + "]");
        }

        private static string One(double value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
