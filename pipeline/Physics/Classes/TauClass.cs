namespace TauPipeline.Physics;

/// <summary>A truth class of candidates, as the campaign names it.</summary>
/// <param name="Index">Its number: what the column <see cref="CandidateColumns.Type"/> holds, and for trained classes the place of the
/// network's output.</param>
/// <param name="Name">Its short name in settings, columns and files.</param>
public sealed record TauClass(int Index, string Name)
{
    /// <summary>In the order of their numbers.</summary>
    public static IComparer<TauClass> ByIndex { get; } = Comparer<TauClass>.Create((one, other) => one.Index.CompareTo(other.Index));

    /// <inheritdoc/>
    public bool Equals(TauClass? other) => other is not null && other.Index == Index && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Index;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
