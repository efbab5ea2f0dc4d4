using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>Collects what is wrong with a campaign, so that all mistakes are shown at once.</summary>
public sealed class Mistakes
{
    private readonly List<ErrorText> _found = [];

    /// <summary>All found so far.</summary>
    public IReadOnlyList<ErrorText> Found => _found;

    /// <summary>Adds one, unless the same is there already (several stages read one block).</summary>
    public void Add(ErrorText mistake)
    {
        if (!_found.Any(old => old.Title == mistake.Title)) _found.Add(mistake);
    }

    /// <summary>Runs something that may be wrong and goes on with a fallback.</summary>
    public T Try<T>(Func<T> work, T fallback)
    {
        try { return work(); }
        catch (Misuse mistake)
        {
            Add(mistake.Text);
            return fallback;
        }
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="Misuse">Something is wrong: all of it.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0) throw ConfigErrors.Together(_found);
    }
}
