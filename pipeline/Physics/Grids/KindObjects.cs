using System.Globalization;
using TauPipeline.Columns;
using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// Tells the objects of several groups among the constituents of one kind, and holds constituents to what they must be. For one thread at
/// a time.
/// </summary>
internal sealed class KindObjects
{
    private readonly string _kind;
    private readonly FeatureGroup[] _groups;
    private readonly Expression[] _rules, _required;
    private readonly ExpressionSet _set;

    public KindObjects(string kind, FeatureGroup[] groups)
    {
        (_kind, _groups) = (kind, groups);
        _rules = [.. groups.Select(group => group.When).OfType<Expression>()];
        _required = [.. groups.Select(group => group.Require).OfType<Expression>().DistinctBy(rule => rule.Text)];
        _set = new ExpressionSet([.. _rules, .. _required]);
    }

    /// <summary>The objects of each group.</summary>
    /// <exception cref="Foundation.StepFailed">A constituent is none that a group requires, or a row has lists of different lengths.</exception>
    public IEnumerable<(FeatureGroup Group, GroupObjects Objects)> Of(Batch batch, GridLayout layout)
    {
        var among = new ConstituentCells(batch, _kind, layout);
        foreach (string column in _rules.Concat(_required).SelectMany(rule => rule.Columns)) among.Check(batch[column]);
        IReadOnlyList<ReadOnlyMemory<double>> found = _set.Along(batch, ConstituentCones.EtaOf(_kind));
        for (int i = 0; i < _required.Length; i++) Check(batch, among, _required[i], found[_rules.Length + i].Span);
        int rule = 0;
        foreach (FeatureGroup group in _groups)
            yield return (group, new GroupObjects(among, group.When is null ? default : found[rule++]));
    }

    private static void Check(Batch batch, ConstituentCells among, Expression rule, ReadOnlySpan<double> holds)
    {
        for (int i = 0; i < holds.Length; i++)
            if (holds[i] is 0 or double.NaN)
                throw PhysicsErrors.NotRequired(rule, among.Rows[i], i - among.Offsets[among.Rows[i]], string.Join(", ", rule.Columns
                    .Where(column => batch[column].Spec.IsJagged)
                    .Select(column => $"{column} {batch[column].ToDoubles()[i].ToString("R", CultureInfo.InvariantCulture)}")));
    }
}
