using TauPipeline.Columns;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>Batches of every column type and of several tables, made from row numbers only.</summary>
internal static class SampleBatches
{
    /// <summary>Rows first to first + rows: flat columns, a counted table, a table of vectors, and fixed arrays of three.</summary>
    public static Batch Of(int first, int rows)
    {
        int[] row = [.. Enumerable.Range(first, rows)];
        return new Batch(
        [
            Flat("run", row, i => (uint)(i * 7)),
            Flat("event", row, i => ((ulong)i << 33) + 5),
            Flat("tau_pt", row, i => i * 0.25f),
            Flat("tau_mass", row, i => i / 3.0),
            Flat("tau_charge", row, i => (sbyte)(i % 2 * 2 - 1)),
            Flat("tau_quality", row, i => (byte)i),
            Flat("tau_decayMode", row, i => (short)(i - 300)),
            Flat("tau_index", row, i => (ushort)i),
            Flat("tau_id", row, i => -i),
            Flat("tau_time", row, i => -((long)i << 40) - 3),
            Flat("tau_isGenuine", row, i => i % 3 == 0),
            Jagged("Tau_pt", "Tau", row, i => i % 4, (i, k) => i + k * 0.5f),
            Jagged("Tau_charge", "Tau", row, i => i % 4, (i, k) => (i + k) % 2 == 0 ? 1 : -1),
            Jagged("Tau_good", "Tau", row, i => i % 4, (i, k) => (i + k) % 2 == 0),
            .. Vectors(row),
            Jagged("position", "position", row, _ => 3, (i, k) => i * 10.0 + k),
            Jagged("bits", "bits", row, _ => 3, (i, k) => (short)(i - k)),
        ], rows);
    }

    private static IEnumerable<Column> Vectors(int[] row)
    {
        yield return Jagged("pfCand_pt", "pfCand", row, Count, (i, k) => i + k / 8f);
        yield return Jagged("pfCand_dz", "pfCand", row, Count, (i, k) => i - k / 3.0);
        yield return Jagged("pfCand_charge", "pfCand", row, Count, (i, k) => (sbyte)(k % 3 - 1));
        yield return Jagged("pfCand_type", "pfCand", row, Count, (i, k) => (byte)(i + k));
        yield return Jagged("pfCand_pdgId", "pfCand", row, Count, (i, k) => (short)(k * 11 - i));
        yield return Jagged("pfCand_hits", "pfCand", row, Count, (i, k) => (ushort)(k + i));
        yield return Jagged("pfCand_id", "pfCand", row, Count, (i, k) => i * 100 - k);
        yield return Jagged("pfCand_mask", "pfCand", row, Count, (i, k) => (uint)(i * 1000 + k));
        yield return Jagged("pfCand_time", "pfCand", row, Count, (i, k) => (long)i << 35 | (uint)k);
        yield return Jagged("pfCand_key", "pfCand", row, Count, (i, k) => (ulong)i << 35 | (uint)k);
        yield return Jagged("pfCand_fromPV", "pfCand", row, Count, (i, k) => (i ^ k) % 2 == 1);
        static int Count(int i) => i * 5 % 7;
    }

    private static Column<T> Flat<T>(string name, int[] rows, Func<int, T> value)
        where T : unmanaged => new(name, rows.Select(value).ToArray());

    private static JaggedColumn<T> Jagged<T>(string name, string table, int[] rows, Func<int, int> count, Func<int, int, T> value)
        where T : unmanaged
    {
        var offsets = new int[rows.Length + 1];
        List<T> values = [];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int k = 0; k < count(rows[i]); k++) values.Add(value(rows[i], k));
            offsets[i + 1] = values.Count;
        }
        return new JaggedColumn<T>(name, table, offsets, values.ToArray());
    }
}
