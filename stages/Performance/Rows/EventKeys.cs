using TauPipeline.Columns;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// A number for each row that the candidates of one event share, and in practice no others: what a bootstrap over events draws by.
/// </summary>
internal static class EventKeys
{
    public static ulong[] Of(Batch rows, ulong dataset)
    {
        var keys = new ulong[rows.Rows];
        Array.Fill(keys, dataset);
        foreach (string column in CandidateColumns.Event)
        {
            double[] high = rows[column].ToDoubles();
            ReadOnlySpan<ulong> whole = column == CandidateColumns.Evt ? rows.Flat<ulong>(column) : default;
            for (int row = 0; row < keys.Length; row++)
                keys[row] = Mixed(keys[row] ^ (whole.IsEmpty ? (ulong)high[row] : whole[row]));
        }
        return keys;
    }

    // the finaliser of SplitMix64 (Steele, Lea and Flood 2014): every bit in changes half of those out
    private static ulong Mixed(ulong key)
    {
        key += 0x9E3779B97F4A7C15;
        key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
        key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
        return key ^ (key >> 31);
    }
}
