using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>The objects of one group that stand in cells, their features scaled for each grid. For one thread at a time.</summary>
internal sealed class ScaledObjects
{
    private readonly FeatureGroup _group;
    private readonly ObjectValues _values;
    private readonly FeatureScale[][] _scales;
    private readonly float[][] _scaled;
    private int[] _placeOf = [];

    public ScaledObjects(FeatureGroup group, IReadOnlyList<GridLocation> locations, FeatureScaling scaling)
    {
        (_group, _values, _scaled) = (group, new ObjectValues(group), new float[locations.Count][]);
        _scales = [.. locations.Select(location => group.Features.Select(one => scaling.Of(one.Name, location.Cone)).ToArray())];
    }

    /// <summary>Works out the objects that won a cell, each once whatever the number of grids that it stands in.</summary>
    /// <exception cref="Foundation.StepFailed">A column is missing, or a value is not finite.</exception>
    public void Work(Batch batch, ConstituentCells among, IReadOnlyList<FilledCells> filled, int group)
    {
        int[] objects = Winners(among.Rows.Length, filled, group);
        if (objects.Length == 0) return;
        (ReadOnlyMemory<double> Value, ReadOnlyMemory<double> When)[] values = _values.Of(batch, among, objects);
        var column = new float[objects.Length];
        for (int location = 0; location < _scaled.Length; location++)
        {
            float[] scaled = _scaled[location] = new float[objects.Length * values.Length];
            for (int feature = 0; feature < values.Length; feature++)
            {
                FeatureScale scale = _scales[location][feature];
                Fill(column, values[feature].Value.Span, values[feature].When.Span);
                int bad = scale.Scale(column, column);
                if (bad >= 0)
                    throw PhysicsErrors.NotFinite(scale.Feature, among.Rows[objects[bad]], values[feature].Value.Span[bad]);
                Spread(column, values[feature].When.Span, (float)scale.Pad, scaled.AsSpan(feature), values.Length);
            }
        }
    }

    /// <summary>Writes the features of the objects that stand in a grid's cells.</summary>
    public void CopyTo(Span<float> values, int width, int location, FilledCells filled, int group)
    {
        ReadOnlySpan<float> scaled = _scaled[location];
        int features = _group.Features.Count;
        for (int cell = 0; cell < filled.Count; cell++)
            if (filled.ObjectIn(cell, group) is >= 0 and int one)
                scaled.Slice(_placeOf[one] * features, features).CopyTo(values[(cell * width)..]);
    }

    private int[] Winners(int constituents, IReadOnlyList<FilledCells> filled, int group)
    {
        _placeOf = new int[constituents];
        foreach (FilledCells grid in filled)
            for (int cell = 0; cell < grid.Count; cell++)
                if (grid.ObjectIn(cell, group) is >= 0 and int one) _placeOf[one] = 1;
        var objects = new List<int>();
        for (int one = 0; one < constituents; one++)
            if (_placeOf[one] == 1)
            {
                _placeOf[one] = objects.Count;
                objects.Add(one);
            }
        return [.. objects];
    }

    private static void Fill(Span<float> column, ReadOnlySpan<double> values, ReadOnlySpan<double> when)
    {
        for (int i = 0; i < column.Length; i++) column[i] = Holds(when, i) ? (float)values[i] : 0;
    }

    private static void Spread(ReadOnlySpan<float> column, ReadOnlySpan<double> when, float pad, Span<float> scaled, int width)
    {
        for (int i = 0; i < column.Length; i++) scaled[i * width] = Holds(when, i) ? column[i] : pad;
    }

    private static bool Holds(ReadOnlySpan<double> when, int index) => when.IsEmpty || (when[index] != 0 && !double.IsNaN(when[index]));
}
