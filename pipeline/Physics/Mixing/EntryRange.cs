using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>Entries of one file: the first, and how many.</summary>
public readonly record struct FileEntries(int File, long First, long Count);

/// <summary>Consecutive global entries [First, End) over the files of a group, in file order (data-preparation 4.6.2).</summary>
public readonly record struct EntryRange(long First, long End)
{
    /// <summary>
    /// The entries of one shard: equal steps of total / shards. The remainder goes to the last shard, or, as in the original
    /// without its overflow job, to nobody.
    /// </summary>
    /// <exception cref="Misuse">The shard does not exist, or there are more shards than entries.</exception>
    public static EntryRange OfShard(long total, int shards, int shard, bool lastTakesRemainder = true)
    {
        if (shards < 1 || shards > total)
            throw PhysicsErrors.BadSetting("the number of shards", shards, $"between 1 and the number of entries, {total}");
        if (shard < 0 || shard >= shards) throw PhysicsErrors.BadSetting("a shard's index", shard, $"between 0 and {shards - 1}");
        long step = total / shards;
        return new(shard * step, lastTakesRemainder && shard == shards - 1 ? total : (shard + 1) * step);
    }

    /// <summary>The part of each file that lies in this range; files without a part are left out.</summary>
    public IEnumerable<FileEntries> In(IEnumerable<long> fileSizes)
    {
        long start = 0;
        int file = 0;
        foreach (long size in fileSizes)
        {
            long from = Math.Max(First, start), to = Math.Min(End, start + size);
            if (to > from) yield return new(file, from - start, to - from);
            start += size;
            file++;
        }
    }
}
