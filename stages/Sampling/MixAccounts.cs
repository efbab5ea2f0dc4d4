using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// What became of every row that each group was given: taken, or left out by which rule. Closes group by group, or the step fails.
/// </summary>
internal sealed class MixAccounts(IReadOnlyList<string> groups)
{
    private readonly Dictionary<(int Group, TauClass Type, string Fate), long> _rows = [];
    private readonly long[] _given = new long[groups.Count];

    /// <summary>Counts a row that a group has read.</summary>
    public void Given(int group) => _given[group]++;

    /// <summary>Counts what became of it.</summary>
    public void Add(int group, TauClass type, string fate) =>
        _rows[(group, type, fate)] = _rows.GetValueOrDefault((group, type, fate)) + 1;

    /// <summary>The same decisions, counted as they pass.</summary>
    public IEnumerable<MixStep> Of(IEnumerable<MixStep> steps)
    {
        string accepted = GroupMixer.Reason(MixDecision.Accepted);
        foreach (MixStep step in steps)
        {
            if (!step.IsAgain) Add(step.Group, step.Candidate.Type, step.Copies > 0 ? accepted : step.Reason);
            yield return step;
        }
    }

    /// <summary>The table.</summary>
    /// <exception cref="Defect">A row was read of which nothing became.</exception>
    public MixAccountsFile Table()
    {
        var table = new List<MixAccountsGroup>();
        for (int group = 0; group < groups.Count; group++)
        {
            MixAccount[] lines =
            [
                .. _rows.Where(row => row.Key.Group == group).Select(row => new MixAccount(row.Key.Type.Name, row.Key.Fate, row.Value))
                    .OrderBy(line => line.Class, StringComparer.Ordinal).ThenBy(line => line.Fate, StringComparer.Ordinal),
            ];
            long sum = lines.Sum(line => line.Rows);
            if (sum != _given[group]) throw new Defect($"group '{groups[group]}' was given {_given[group]} rows, {sum} are accounted for");
            table.Add(new MixAccountsGroup(groups[group], _given[group], lines));
        }
        return new MixAccountsFile(table);
    }
}
