namespace TauPipeline.BuildGraph;

/// <summary>Processors, memory and named tokens that running steps share. A step that asks for more than there is runs alone.</summary>
internal sealed class Budget(int cpu, long memory, IReadOnlyDictionary<string, int> tokens)
{
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private int _cpu = cpu;
    private long _memoryTaken;
    private int _running;

    /// <summary>Whether any processor is left.</summary>
    public bool IsSpent => _cpu <= 0;

    /// <summary>
    /// What a step asks for that there will never be, in words; <see langword="null"/> if it fits. It runs nevertheless, alone.
    /// </summary>
    public string? Beyond(Resources needs) => needs.Memory > memory
        ? $"{needs.Memory >> 20} MiB of memory where there are {memory >> 20}"
        : needs
            .Tokens.Where(token => token.Value > tokens.GetValueOrDefault(token.Key, 1))
            .Select(token => $"{token.Value} of '{token.Key}' where there are {tokens.GetValueOrDefault(token.Key, 1)}")
            .FirstOrDefault();

    /// <summary>Takes what a step needs, if it is there.</summary>
    public bool TryTake(Resources needs)
    {
        if (_running > 0 && !Fits(needs)) return false;
        Book(needs, 1);
        return true;
    }

    /// <summary>Gives back what a step took.</summary>
    public void Return(Resources needs) => Book(needs, -1);

    /// <summary>Whether processors or memory are missing for that just now.</summary>
    public bool LacksRoom(Resources needs) => needs.Cpu > _cpu || needs.Memory > memory - _memoryTaken;

    private bool Fits(Resources needs) => !LacksRoom(needs)
        && needs.Tokens.All(token => _taken.GetValueOrDefault(token.Key) + token.Value <= tokens.GetValueOrDefault(token.Key, 1));

    private void Book(Resources needs, int sign)
    {
        _running += sign;
        _cpu -= sign * needs.Cpu;
        _memoryTaken += sign * needs.Memory;
        foreach ((string name, int count) in needs.Tokens) _taken[name] = _taken.GetValueOrDefault(name) + sign * count;
    }
}
