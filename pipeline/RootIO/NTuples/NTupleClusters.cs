namespace TauPipeline.RootIO;

/// <summary>Some entries of one cluster, counted within it.</summary>
internal readonly record struct NTuplePart(NTupleCluster Cluster, long First, long Count);

/// <summary>Finds the clusters of entries; of all page lists only the last one used is kept in memory.</summary>
internal sealed class NTupleClusters(FileBytes file, NTupleSchema schema, IReadOnlyList<NTupleClusterGroup> groups, string path)
{
    private NTupleClusterGroup? _loaded;
    private List<NTupleCluster> _clusters = [];

    /// <summary>Where these entries stand, in order.</summary>
    public List<NTuplePart> Of(long first, long count)
    {
        List<NTuplePart> parts = [];
        foreach (NTupleClusterGroup group in groups)
        {
            if (!Overlap(group.FirstEntry, group.Entries)) continue;
            if (_loaded != group) (_clusters, _loaded) = (NTuplePlaces.Clusters(file, schema, group, path), group);
            foreach (NTupleCluster cluster in _clusters)
            {
                if (!Overlap(cluster.FirstEntry, cluster.Entries)) continue;
                long begin = Math.Max(first, cluster.FirstEntry), end = Math.Min(first + count, cluster.FirstEntry + cluster.Entries);
                parts.Add(new NTuplePart(cluster, begin - cluster.FirstEntry, end - begin));
            }
        }
        return parts;

        bool Overlap(long begin, long entries) => entries > 0 && begin < first + count && first < begin + entries;
    }
}
