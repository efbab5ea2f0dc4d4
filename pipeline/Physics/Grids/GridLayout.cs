namespace TauPipeline.Physics;

/// <summary>What stands in the cells for one part of a network: groups of features, side by side.</summary>
/// <param name="Name">Say, egamma.</param>
/// <param name="Groups">In the order of their columns.</param>
public sealed record GridComponent(string Name, IReadOnlyList<FeatureGroup> Groups)
{
    /// <summary>The columns of a cell.</summary>
    public IReadOnlyList<Feature> Features => field ??= [.. Groups.SelectMany(group => group.Features)];
}

/// <summary>All grids of a candidate and what stands in their cells (training-and-evaluation 1.1).</summary>
/// <param name="Locations">The grids, in order.</param>
/// <param name="Components">What stands in each cell of every grid, in order.</param>
/// <param name="Cones">The cones of the grids.</param>
public sealed record GridLayout(
    IReadOnlyList<GridLocation> Locations, IReadOnlyList<GridComponent> Components, ConstituentCones Cones)
{
    /// <summary>The groups that are objects, each once: a cell is filled where one of them is.</summary>
    public IReadOnlyList<FeatureGroup> Objects => field ??=
        [.. Components.SelectMany(component => component.Groups).Where(group => !group.IsFlat).DistinctBy(group => group.Name)];

    /// <summary>The kinds of constituents that the objects are among, each once.</summary>
    public IReadOnlyList<string> Kinds => field ??= [.. Objects.Select(group => group.Constituents).Distinct(StringComparer.Ordinal)];

    /// <summary>The columns that grids are made of.</summary>
    public IReadOnlyList<string> Columns => field ??=
    [
        .. Components.SelectMany(component => component.Groups).SelectMany(group => group.Columns).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The place of a group among <see cref="Objects"/>.</summary>
    internal int PlaceOf(FeatureGroup group)
    {
        for (int place = 0; place < Objects.Count; place++)
            if (ReferenceEquals(Objects[place], group)) return place;
        throw new Foundation.Defect($"'{group.Name}' is no group of objects of these grids");
    }
}
