namespace TauPipeline.BuildGraph;

/// <summary>Processors, memory and named tokens that running steps share. A step that asks for more than there is runs alone.</summary>
internal sealed class Budget(int cpu, long memory, IReadOnlyDictionary<string, int> tokens)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _cpu = cpu;
    private long _memory = memory;
    private int _running;

    /// <summary>Whether any processor is left.</summary>
    public bool IsSpent => _cpu <= 0;

    /// <summary>Takes what a step needs, if it is there.</summary>
    public bool TryTake(Resources needs)
    {
        if (_running > 0 && !Fits(needs)) return false;
        Book(needs, 1);
        return true;
    }

    /// <summary>Gives back what a step took.</summary>
    public void Return(Resources needs) => Book(needs, -1);

    private bool Fits(Resources needs) =>
        needs.Cpu <= _cpu && needs.Memory <= _memory
        && needs.Tokens.All(token => _taken.GetValueOrDefault(token.Key) + token.Value <= tokens.GetValueOrDefault(token.Key, 1));

    private void Book(Resources needs, int sign)
    {
        _running += sign;
        _cpu -= sign * needs.Cpu;
        _memory -= sign * needs.Memory;
        foreach ((string name, int count) in needs.Tokens) _taken[name] = _taken.GetValueOrDefault(name) + sign * count;
    }
}
