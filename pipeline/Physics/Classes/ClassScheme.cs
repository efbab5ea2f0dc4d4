using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>The truth classes of a campaign; trained classes come first, so that a class's index is its output's.</summary>
public sealed class ClassScheme
{
    private readonly ClassDefinition[] _definitions;

    /// <summary>A scheme of these classes, in the order of their indices.</summary>
    /// <exception cref="Defect">Indices do not count up from 0, or a trained class follows one that is not.</exception>
    public ClassScheme(IReadOnlyList<ClassDefinition> definitions)
    {
        _definitions = [.. definitions];
        for (int i = 0; i < _definitions.Length; i++)
            if (
                _definitions[i].Class.Index != i
                || i > 0 && _definitions[i].Role != ClassRole.Aside && _definitions[i - 1].Role == ClassRole.Aside)
                throw new Defect($"class {_definitions[i].Class.Name} has the index {_definitions[i].Class.Index} at place {i}");
        All = [.. _definitions.Select(one => one.Class)];
        Trained = [.. OfRole(role => role != ClassRole.Aside)];
        Signals = [.. OfRole(role => role == ClassRole.Signal)];
        Backgrounds = [.. OfRole(role => role == ClassRole.Background)];
    }

    /// <summary>All that is said of the classes, in index order.</summary>
    public IReadOnlyList<ClassDefinition> Definitions => _definitions;

    /// <summary>All classes, in index order.</summary>
    public IReadOnlyList<TauClass> All { get; }

    /// <summary>The network's outputs, in this order.</summary>
    public IReadOnlyList<TauClass> Trained { get; }

    /// <summary>What is looked for.</summary>
    public IReadOnlyList<TauClass> Signals { get; }

    /// <summary>What signals are told from, one score against each.</summary>
    public IReadOnlyList<TauClass> Backgrounds { get; }

    /// <summary>The class with that number.</summary>
    /// <exception cref="StepFailed">There is none: the column of types is not of this campaign.</exception>
    public TauClass Of(int index) =>
        index >= 0 && index < _definitions.Length
            ? _definitions[index].Class
            : throw PhysicsErrors.UnknownClass(index, _definitions.Length);

    /// <summary>The class of a short name.</summary>
    /// <exception cref="Misuse">No class has that name; gives the nearest.</exception>
    public TauClass Parse(string name) =>
        All.FirstOrDefault(one => one.Name == name) ?? throw PhysicsErrors.UnknownName("class", name, All.Select(one => one.Name));

    /// <summary>What legends and tables call a class.</summary>
    public string Title(TauClass one) => _definitions[one.Index].Title;

    private IEnumerable<TauClass> OfRole(Func<ClassRole, bool> wanted) =>
        _definitions.Where(one => wanted(one.Role)).Select(one => one.Class);
}
