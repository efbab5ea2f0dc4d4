using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What of mixed rows is compared between chunks, and how.</summary>
public sealed record ChunkPlan
{
    /// <summary>The classes of the column of types.</summary>
    public required ClassScheme Classes { get; init; }

    /// <summary>The names of datasets, in the order of their indices.</summary>
    public required IReadOnlyList<string> Datasets { get; init; }

    /// <summary>The groups that rows were mixed from; without any, groups are not compared.</summary>
    public IReadOnlyList<ChunkGroup> Groups { get; init; } = [];

    /// <summary>Consecutive chunks of rows; of one there is nothing to compare.</summary>
    public int Chunks { get; init; } = 10;

    /// <summary>Bins of pt, GeV. Values beyond, and those that are not numbers, have bins of their own.</summary>
    public BinEdges Pt { get; init; } = BinEdges.Uniform(100, 0, 1000);

    /// <summary>Bins of eta, with its sign: ends of the detector differ.</summary>
    public BinEdges Eta { get; init; } = BinEdges.Uniform(10, -2.5, 2.5);

    /// <summary>Whether pt and eta are compared by chi2; names (class, group, dataset) always are.</summary>
    public bool ByChi2 { get; init; } = true;

    /// <summary>Whether pt and eta are compared by Kolmogorov-Smirnov; names never are, for they have no order.</summary>
    public bool ByKolmogorov { get; init; } = true;

    /// <summary>Entries that a bin of chi2 is expected to have in the smaller sample; sparser ones are joined.</summary>
    public double LeastExpected { get; init; } = 10;
}

/// <summary>A group of datasets and the classes that it delivers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datasets">The indices of its datasets.</param>
/// <param name="Classes">Its classes.</param>
public sealed record ChunkGroup(string Name, IReadOnlyList<int> Datasets, IReadOnlyList<TauClass> Classes)
{
    /// <summary>Whether a row of that dataset and class may be of this group.</summary>
    public bool Has(int dataset, TauClass one) => Datasets.Contains(dataset) && Classes.Contains(one);
}
