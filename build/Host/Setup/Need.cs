namespace TauPipeline.Host;

/// <summary>Something outside of .NET that a step or tool may need.</summary>
internal enum Need
{
    /// <summary>libtorch, from packages that come with the build.</summary>
    Tensors,
    /// <summary>node with the plotting packages (they bring the font).</summary>
    Node,
    /// <summary>
    /// The build engines that ours is measured against, and a compiler to make ours a native program as they are; for benchmarks only.
    /// </summary>
    Peers,
    /// <summary>JSROOT in node, for tests only.</summary>
    JsRoot,
    /// <summary>The Python packages that tests compare our statistics and HDF5 files with.</summary>
    Oracles,
    /// <summary>A batch system of one machine, for tests only.</summary>
    Cluster,
    /// <summary>An emulator of other processors, for <c>--target=Verify --cpu</c> only.</summary>
    Emulator,
}

/// <summary>What each stage needs; a stage that is not listed needs nothing.</summary>
internal static class StageNeeds
{
    private static readonly string[] WithTensors = ["Train"];

    private static readonly string[] WithNode = ["Plot", "Report"];

    /// <summary>What is set up for everybody: all but what a single tool asks for itself.</summary>
    public static IReadOnlySet<Need> Usual { get; } =
        Enum.GetValues<Need>().Where(need => need is not (Need.Emulator or Need.Peers or Need.Oracles or Need.Cluster)).ToHashSet();

    public static IReadOnlySet<Need> Of(IEnumerable<string> stages)
    {
        var needs = new HashSet<Need>();
        foreach (string stage in stages)
        {
            if (WithTensors.Contains(stage)) needs.Add(Need.Tensors);
            if (WithNode.Contains(stage)) needs.Add(Need.Node);
        }
        return needs;
    }
}
