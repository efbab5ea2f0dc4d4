using TauPipeline.Columns;

namespace TauPipeline.RootIO;

/// <summary>Decodes ranges of entries of one branch into columns.</summary>
internal interface IColumnReader
{
    /// <summary>Where the reader takes its baskets from.</summary>
    BasketCursor Cursor { get; }

    /// <inheritdoc cref="ValueBuffer{T}.ReusesMemory"/>
    bool ReusesMemory { get; set; }

    /// <summary>The column of these entries.</summary>
    RootColumn Read(long first, int rows);

    /// <summary>Gives the memory of baskets back. The reader must not be used any more; its columns may.</summary>
    void Release();
}

/// <summary>Makes the reader that fits a branch's layout.</summary>
internal static class ColumnReaders
{
    public static IColumnReader Of(RootBranch branch, RecordReader records) => branch.Layout.Type switch
    {
        ColumnType.Bool => Of<bool>(branch, records),
        ColumnType.Int8 => Of<sbyte>(branch, records),
        ColumnType.UInt8 => Of<byte>(branch, records),
        ColumnType.Int16 => Of<short>(branch, records),
        ColumnType.UInt16 => Of<ushort>(branch, records),
        ColumnType.Int32 => Of<int>(branch, records),
        ColumnType.UInt32 => Of<uint>(branch, records),
        ColumnType.Int64 => Of<long>(branch, records),
        ColumnType.UInt64 => Of<ulong>(branch, records),
        ColumnType.Float32 => Of<float>(branch, records),
        _ => Of<double>(branch, records),
    };

    private static IColumnReader Of<T>(RootBranch branch, RecordReader records) where T : unmanaged
    {
        var source = new BasketSource(records, branch.Record, branch.FullPath);
        return branch.Layout.Kind switch
        {
            LayoutKind.Fixed => new FixedColumnReader<T>(branch, source),
            LayoutKind.Jagged => new JaggedColumnReader<T>(branch, source, records),
            LayoutKind.Nested => new NestedColumnReader<T>(branch, source, records),
            _ => throw RootErrors.NotRead(source.Place, branch.TypeName, branch.Layout.Reason),
        };
    }
}
