using System.Runtime.InteropServices;
using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Hdf5IO;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Records of any members, on one axis and with slots, as ATLAS's training files have them; h5py reads the same.</summary>
public sealed class RecordWritingTests : IDisposable
{
    private static readonly Hdf5Record Jet = new([.. Enum.GetValues<ColumnType>().Select(type => new Hdf5RecordField($"m_{type}", type))]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 3)]
    [InlineData(101, 3)]
    [InlineData(0, 3)]
    public void Every_member_comes_back_as_it_went_in(int rows, int slots)
    {
        using Hdf5File read = Hdf5File.Open(Written(rows, slots));
        using Hdf5Dataset jets = read.Dataset("/jets");
        jets.Shape.ShouldBe(slots == 0 ? [rows] : [rows, slots]);
        jets.Type.Size.ShouldBe(Jet.Size);
        jets.Type.Fields.Select(field => (field.Name, field.Type.Column!.Value))
            .ShouldBe(Jet.Fields.Select(field => (field.Name, field.Type)));
        read.Attributes("/jets").Texts("flavour_label").ShouldBe(["bjets", "cjets"]);
        if (rows == 0) return;
        int count = rows * Math.Max(1, slots);
        IReadOnlyList<Column> columns = jets.ReadFields(0, rows, Jet.Fields.Select(field => field.Name));
        for (int field = 0; field < columns.Count; field++)
            columns[field].Bytes.SequenceEqual(Values(Jet.Fields[field].Type, count)).ShouldBeTrue(Jet.Fields[field].Name);
    }

    [H5pyFact]
    public void H5py_reads_the_same_values() => H5pyBytes.ShouldBeOurs([Written(101, 0), Written(101, 3)]).ShouldBeGreaterThan(20);

    private string Written(int rows, int slots)
    {
        string path = _folder.At($"records{slots}.h5");
        byte[] records = Records(rows * Math.Max(1, slots));
        using Hdf5File file = Hdf5File.Create(path);
        using Hdf5DatasetWriter writer = file.CreateRecords("/jets", Jet, slots, chunkRows: 25);
        int row = Jet.Size * Math.Max(1, slots);
        for (int first = 0; first < rows; first += 7) // pieces that are no chunks
            writer.Append(records.AsSpan((first * row)..(Math.Min(rows, first + 7) * row)));
        writer.Complete();
        file.Attributes("/jets").Set("flavour_label", ["bjets", "cjets"]);
        file.Complete();
        return path;
    }

    private static byte[] Records(int count)
    {
        var records = new byte[count * Jet.Size];
        for (int field = 0; field < Jet.Fields.Count; field++) Jet.Put(field, Values(Jet.Fields[field].Type, count), records);
        return records;
    }

    private static byte[] Values(ColumnType type, int count) => type switch
    {
        ColumnType.Bool => [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3 == 0 ? 1 : 0))],
        ColumnType.Float32 => MemoryMarshal.AsBytes<float>(Enumerable.Range(0, count).Select(i => i * 0.1f).ToArray()).ToArray(),
        ColumnType.Float64 => MemoryMarshal.AsBytes<double>(Enumerable.Range(0, count).Select(i => i * 0.1).ToArray()).ToArray(),
        _ => [.. Enumerable.Range(0, count * ColumnTypes.Size(type)).Select(i => (byte)(i * 7))],
    };
}
