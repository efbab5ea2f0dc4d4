using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// The features of one group for some of its objects, before scaling. They are worked out over these objects alone, as rows of their own;
/// what looks at all constituents of a candidate is worked out over all of them first. For one thread at a time.
/// </summary>
internal sealed class ObjectValues
{
    private readonly FeatureGroup _group;
    private readonly Place[] _values;
    private readonly Place?[] _conditions;
    private readonly ExpressionSet _ofOne, _ofAll;
    private readonly string[] _columns;

    public ObjectValues(FeatureGroup group)
    {
        _group = group;
        List<Expression> ofOne = [], ofAll = [];
        _values = [.. group.Features.Select(feature => Add(feature.Value ?? Expression.Parse(feature.Name, "")))];
        // What makes a constituent an object of the group holds for all of them.
        _conditions =
        [
            .. group.Features.Select(feature => feature.When is { } when && when.Text != group.When?.Text ? Add(when) : (Place?)null),
        ];
        (_ofOne, _ofAll) = (new ExpressionSet(ofOne), new ExpressionSet(ofAll));
        _columns = [.. ofOne.SelectMany(one => one.Columns).Distinct(StringComparer.Ordinal)];
        AllColumns = [.. _columns.Concat(ofAll.SelectMany(one => one.Columns)).Distinct(StringComparer.Ordinal)];

        Place Add(Expression one)
        {
            List<Expression> list = one.IsElementwise ? ofOne : ofAll;
            list.Add(one);
            return new Place(!one.IsElementwise, list.Count - 1);
        }
    }

    /// <summary>The columns that they are made of.</summary>
    public IReadOnlyList<string> AllColumns { get; }

    /// <summary>Works them out; they stand until the next call.</summary>
    /// <param name="batch">Rows.</param>
    /// <param name="among">The constituents that objects are among.</param>
    /// <param name="objects">Places among them.</param>
    /// <returns>Of each feature the value of each object, and whether it means anything: not 0 and not NaN; empty if always.</returns>
    public (ReadOnlyMemory<double> Value, ReadOnlyMemory<double> When)[] Of(Batch batch, ConstituentCells among, int[] objects)
    {
        foreach (string column in AllColumns) among.Check(batch[column]);
        int[] rows = Array.ConvertAll(objects, one => among.Rows[one]);
        var alone = new Batch(_columns.Select(name => batch[name]).Select(column => column.Spec.IsJagged
            ? Picked.From(column, objects, column.Spec.Name) : column.Take(rows)), objects.Length);
        IReadOnlyList<ReadOnlyMemory<double>> ofOne = _ofOne.Flat(alone),
            ofAll = _ofAll.Along(batch, ConstituentCones.EtaOf(_group.Constituents));
        return [.. _values.Select((value, feature) => (At(value), _conditions[feature] is { } when ? At(when) : default))];

        ReadOnlyMemory<double> At(Place place) =>
            place.IsOfAll ? Array.ConvertAll(objects, one => ofAll[place.Index].Span[one]) : ofOne[place.Index];
    }

    private readonly record struct Place(bool IsOfAll, int Index);
}
