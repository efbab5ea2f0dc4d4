using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// The inputs of a network from rows of tuples: scaled features of the candidate, the filled cells of its grids, its lists of objects. For
/// one thread at a time.
/// </summary>
internal sealed class CandidateInputs
{
    private readonly FeatureSettings _features;
    private readonly FeatureScaling _scaling;
    private readonly IReadOnlyList<InputShape> _shapes;
    private readonly GridBuilder? _grids;

    /// <summary>The inputs of these shapes, which are among <see cref="ShapesOf"/>.</summary>
    public CandidateInputs(FeatureSettings features, FeatureScaling scaling, IReadOnlyList<InputShape> shapes)
    {
        (_features, _scaling, _shapes) = (features, scaling, shapes);
        if (shapes.Any(shape => shape.IsGrid)) _grids = new GridBuilder(features.Grids!, scaling);
    }

    /// <summary>All inputs that the features of a campaign make: <c>tau</c>, then those of its grids and lists.</summary>
    public static IReadOnlyList<InputShape> ShapesOf(FeatureSettings features) =>
    [
        new(InputShape.Tau, features.Inputs.Count),
        .. from location in features.Grids?.Locations ?? []
           from component in features.Grids!.Components
           select new InputShape(
               $"{location.Name}_{component.Name}", component.Features.Count, location.Grid.EtaCells, location.Grid.PhiCells),
        .. features.Lists.Select(list => new InputShape(list.Group.Name, list.Group.Features.Count) { Most = list.Most }),
    ];

    /// <summary>The inputs of a batch's rows, in the order of the shapes.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="originOf">The shard that a row is from, and its number there: for what is wrong with it.</param>
    /// <exception cref="StepFailed">
    /// A column is missing, or a row is not as it must be; names feature or column, shard and row.
    /// </exception>
    public IReadOnlyList<InputRows> Of(Batch rows, Func<int, (string Shard, long Row)> originOf)
    {
        try
        {
            return Of(rows);
        }
        catch (StepFailed)
        {
            // Alone, a row that is wrong is wrong again.
            for (int row = 0; row < rows.Rows; row++)
            {
                try
                {
                    Of(rows.Take([row]));
                }
                catch (StepFailed wrong)
                {
                    throw StageErrors.InRow(wrong, originOf(row));
                }
            }
            throw;
        }
    }

    private IReadOnlyList<InputRows> Of(Batch rows)
    {
        var all = new Dictionary<string, InputRows>(StringComparer.Ordinal);
        foreach (InputShape shape in _shapes.Where(shape => !shape.IsGrid))
            all[shape.Name] = _features.Lists.FirstOrDefault(list => shape.IsList && list.Group.Name == shape.Name) is { } list
                && ListRows.Of(rows, list, _scaling) is var (offsets, values)
                ? new(shape, values) { Offsets = offsets }
                : new(shape, ScaledFeatures.Of(rows, _features.Inputs, _scaling));
        foreach (GridRows grid in _grids?.Of(rows) ?? [])
            for (int i = 0; i < grid.Values.Count; i++)
            {
                string name = $"{grid.Location.Name}_{_features.Grids!.Components[i].Name}";
                if (_shapes.FirstOrDefault(shape => shape.Name == name) is { } shape)
                    all[name] = new(shape, grid.Values[i]) { Offsets = grid.Offsets, Cells = grid.Cells };
            }
        return [.. _shapes.Select(shape => all[shape.Name])];
    }
}
