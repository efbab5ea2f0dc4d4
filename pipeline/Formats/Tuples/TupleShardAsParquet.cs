using Parquet;
using Parquet.Schema;
using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Formats;

/// <summary>
/// Writes a tuple shard (rows of any stage: ingested, split, mixed, scored) as a Parquet file, for data frames and databases: a column
/// a column, those of constituents as lists. What is missing of whole numbers is null, of floats NaN; types stay what they are. The
/// shard's attributes are the file's metadata. Packed with zstd by this program alone, so that the same rows are the same bytes.
/// </summary>
public static class TupleShardAsParquet
{
    private const int GroupRows = 65_536;

    /// <summary>Writes the columns whose names are wanted; the file appears whole or not at all.</summary>
    /// <returns>Number of rows.</returns>
    /// <exception cref="StepFailed">The shard is none, or is damaged; the file cannot be written.</exception>
    /// <exception cref="Misuse">No column is wanted.</exception>
    public static long Write(string shard, string parquet, Func<string, bool> wanted, CancellationToken cancellation = default)
    {
        long rows = 0;
        WholeFile.Write(parquet, part => rows = Fill(shard, part, wanted, cancellation).GetAwaiter().GetResult());
        return rows;
    }

    private static async Task<long> Fill(string shard, string path, Func<string, bool> wanted, CancellationToken cancellation)
    {
        using TupleShardReader rows = TupleShardReader.Open(new ProductInput(shard));
        ColumnSpec[] columns = [.. rows.Schema.Columns.Where(column => wanted(column.Name))];
        if (columns.Length == 0) throw FormatErrors.NoColumnWanted(shard, rows.Schema.Columns.Select(column => column.Name));
        Field[] fields = [.. columns.Select(FieldOf)];
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Zstd };
        FileStream file = File.Create(path);
        await using (file.ConfigureAwait(false))
        {
            ParquetWriter writer = await ParquetWriter
                .CreateAsync(new ParquetSchema(fields), file, options, cancellationToken: cancellation).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                writer.CustomMetadata = rows.Attributes.ToDictionary();
                foreach (Batch batch in rows.Batches(GroupRows, [.. columns.Select(column => column.Name)]))
                {
                    cancellation.ThrowIfCancellationRequested();
                    using ParquetRowGroupWriter group = writer.CreateRowGroup();
                    for (int i = 0; i < columns.Length; i++)
                        batch[columns[i].Name].Accept(new ParquetColumn(group, LeafOf(fields[i]), cancellation));
                    group.CompleteValidate();
                }
            }
        }
        return rows.Rows;
    }

    private static DataField LeafOf(Field field) => field is ListField list ? (DataField)list.Item : (DataField)field;

    private static Field FieldOf(ColumnSpec column)
    {
        var value = new DataField(column.IsJagged ? "element" : column.Name, ClrOf(column.Type), ParquetColumn.MayBeNull(column.Type));
        return column.IsJagged ? new ListField(column.Name, value) : value;
    }

    private static Type ClrOf(ColumnType type) => type switch
    {
        ColumnType.Bool => typeof(bool),
        ColumnType.Int8 => typeof(sbyte),
        ColumnType.UInt8 => typeof(byte),
        ColumnType.Int16 => typeof(short),
        ColumnType.UInt16 => typeof(ushort),
        ColumnType.Int32 => typeof(int),
        ColumnType.UInt32 => typeof(uint),
        ColumnType.Int64 => typeof(long),
        ColumnType.UInt64 => typeof(ulong),
        ColumnType.Float32 => typeof(float),
        _ => typeof(double),
    };
}
