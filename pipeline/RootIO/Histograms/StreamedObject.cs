namespace TauPipeline.RootIO;

/// <summary>The members of an object and of its bases by name: numbers and arrays as double, texts, and objects of their own.</summary>
internal sealed class StreamedObject(string className, Place place)
{
    /// <summary>The name under which the values of a base TArray stand.</summary>
    public const string ArrayMember = "fArray";
    private readonly Dictionary<string, object> _members = new(StringComparer.Ordinal);

    public string ClassName => className;
    public Place Place => place;

    /// <summary>A member of a derived class hides that of a base, as in C++; bases stand first.</summary>
    public void Set(string name, object value) => _members[name] = value;

    public bool Has(string name) => _members.ContainsKey(name);

    public double Number(string name) => Member<double>(name);

    public double[] Array(string name) => Member<double[]>(name);

    public string Text(string name) => Member<string>(name);

    public StreamedObject Object(string name) => Member<StreamedObject>(name);

    /// <summary>An array that older versions do not have.</summary>
    public double[] ArrayOrNone(string name) => Has(name) ? Array(name) : [];

    /// <summary>A number that older versions do not have.</summary>
    public double NumberOrZero(string name) => Has(name) ? Number(name) : 0;

    private T Member<T>(string name) =>
        _members.TryGetValue(name, out object? value) && value is T typed ? typed : throw HistogramErrors.NoMember(place, className, name);
}
