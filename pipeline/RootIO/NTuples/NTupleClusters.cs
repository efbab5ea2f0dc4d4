namespace TauPipeline.RootIO;

/// <summary>Some entries of one cluster, counted within it.</summary>
internal readonly record struct NTuplePart(NTupleCluster Cluster, long First, long Count);

/// <summary>
/// Finds the clusters of entries; of all page lists only the last one used is kept in memory. Safe to use from several threads.
/// </summary>
internal sealed class NTupleClusters(FileBytes file, NTupleSchema schema, IReadOnlyList<NTupleClusterGroup> groups, string path)
{
    private (NTupleClusterGroup? Group, List<NTupleCluster> Clusters) _last;
    private readonly Lock _lock = new();

    /// <summary>Where these entries stand, in order.</summary>
    public List<NTuplePart> Of(long first, long count)
    {
        List<NTuplePart> parts = [];
        foreach (NTupleClusterGroup group in groups)
        {
            if (!Overlap(group.FirstEntry, group.Entries)) continue;
            foreach (NTupleCluster cluster in Load(group))
            {
                if (!Overlap(cluster.FirstEntry, cluster.Entries)) continue;
                long begin = Math.Max(first, cluster.FirstEntry), end = Math.Min(first + count, cluster.FirstEntry + cluster.Entries);
                parts.Add(new NTuplePart(cluster, begin - cluster.FirstEntry, end - begin));
            }
        }
        return parts;

        bool Overlap(long begin, long entries) => entries > 0 && begin < first + count && first < begin + entries;
    }

    /// <summary>Bytes of each column of the schema in the file, and unpacked.</summary>
    public (long Stored, long Unpacked)[] Sizes()
    {
        var sizes = new (long Stored, long Unpacked)[schema.Columns.Count];
        foreach (NTupleCluster cluster in groups.SelectMany(Load))
            foreach (NTupleColumnRecord column in schema.Columns)
                foreach (NTuplePage page in cluster.PagesOf(column.Id).Pages)
                    sizes[column.Id] = (
                        sizes[column.Id].Stored + page.Locator.Bytes,
                        sizes[column.Id].Unpacked + PageDecoder.Bytes(column, page.Elements));
        return sizes;
    }

    private List<NTupleCluster> Load(NTupleClusterGroup group)
    {
        lock (_lock)
        {
            if (_last.Group != group) _last = (group, NTuplePlaces.Clusters(file, schema, group, path));
            return _last.Clusters;
        }
    }
}
