using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>
/// Fills the grids of candidates (training-and-evaluation 1.2 to 1.6): in each cell of each group the object with the highest pt, its
/// features scaled as of that grid's cone; the candidate's own beside them. What is absent or means nothing is the pad value after
/// scaling, as a rule 0. For one thread at a time.
/// </summary>
public sealed class GridBuilder
{
    private readonly GridLayout _layout;
    private readonly FeatureScaling _scaling;
    private readonly ScaledObjects[] _scaled;
    private readonly KindObjects[] _kinds;

    /// <summary>A builder of such grids.</summary>
    public GridBuilder(GridLayout layout, FeatureScaling scaling)
    {
        (_layout, _scaling) = (layout, scaling);
        _scaled = [.. layout.Objects.Select(group => new ScaledObjects(group, layout.Locations, scaling))];
        _kinds = [.. layout.Kinds.Select(kind => new KindObjects(kind, [.. layout.Objects.Where(group => group.Constituents == kind)]))];
    }

    /// <summary>The grids of a batch's rows, in the order of the layout's locations.</summary>
    /// <exception cref="Foundation.StepFailed">
    /// A column is missing, a row has lists of different lengths, a constituent is none that is known, or a value is not finite.
    /// </exception>
    public IReadOnlyList<GridRows> Of(Batch batch)
    {
        var objects = new GroupObjects[_layout.Objects.Count];
        foreach (KindObjects kind in _kinds)
            foreach ((FeatureGroup group, GroupObjects those) in kind.Of(batch, _layout)) objects[_layout.PlaceOf(group)] = those;
        FilledCells[] filled =
        [
            .. _layout.Locations.Select((location, at) => FilledCells.Of(batch.Rows, location.Grid.Cells, at, objects)),
        ];
        for (int group = 0; group < objects.Length; group++) _scaled[group].Work(batch, objects[group].Among, filled, group);
        Dictionary<string, float[]> own = _layout.Components.SelectMany(component => component.Groups).Where(group => group.IsFlat)
            .DistinctBy(group => group.Name)
            .ToDictionary(group => group.Name, group => ScaledFeatures.Of(batch, group.Features, _scaling), StringComparer.Ordinal);
        return
        [
            .. _layout.Locations.Select((location, at) => new GridRows(location, filled[at].Offsets, filled[at].Cells,
                [.. _layout.Components.Select(component => Values(component, at, filled[at], own))])),
        ];
    }

    private float[] Values(GridComponent component, int location, FilledCells filled, Dictionary<string, float[]> own)
    {
        if (filled.Count == 0) return [];
        int width = component.Features.Count, first = 0;
        var values = new float[filled.Count * width];
        foreach (FeatureGroup group in component.Groups)
        {
            if (group.IsFlat) Repeat(own[group.Name], group.Features.Count, filled.Offsets, values.AsSpan(first), width);
            else
            {
                int place = _layout.PlaceOf(group);
                _scaled[place].CopyTo(values.AsSpan(first), width, location, filled, place);
            }
            first += group.Features.Count;
        }
        return values;
    }

    private static void Repeat(ReadOnlySpan<float> own, int features, int[] offsets, Span<float> values, int width)
    {
        for (int row = 0; row + 1 < offsets.Length; row++)
            for (int cell = offsets[row]; cell < offsets[row + 1]; cell++)
                own.Slice(row * features, features).CopyTo(values[(cell * width)..]);
    }
}
