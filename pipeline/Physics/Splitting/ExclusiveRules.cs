using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>Named rules of which a row meets at most one: parts of a split, regions of phase space.</summary>
/// <param name="What">What the names are, for messages: <c>part of the split</c>.</param>
/// <param name="Rules">Name and rule.</param>
public sealed record ExclusiveRules(string What, IReadOnlyList<(string Name, Expression When)> Rules)
{
    /// <summary>No rule is met.</summary>
    public const int None = -1;

    /// <summary>The columns that the rules need.</summary>
    public IEnumerable<string> Columns => Rules.SelectMany(rule => rule.When.Columns).Distinct(StringComparer.Ordinal);

    /// <summary>The place of the rule that each row meets, or <see cref="None"/>.</summary>
    /// <exception cref="StepFailed">A row meets two: names both.</exception>
    public int[] Of(Batch batch)
    {
        var met = new int[batch.Rows];
        Array.Fill(met, None);
        for (int rule = 0; rule < Rules.Count; rule++)
        {
            bool[] belongs = Rules[rule].When.True(batch);
            for (int row = 0; row < met.Length; row++)
                if (belongs[row])
                    met[row] = met[row] == None ? rule : throw PhysicsErrors.TwoRules(What, Rules[met[row]], Rules[rule], row);
        }
        return met;
    }
}
