using TauPipeline.BuildGraph;

namespace TauPipeline.Formats;

/// <summary>What became of every row that a mixing was given, by group: the lines of a group sum up to its rows.</summary>
public sealed record MixAccountsFile(IReadOnlyList<MixAccountsGroup> Groups) : IProduct<MixAccountsFile>
{
    /// <inheritdoc/>
    public static MixAccountsFile Read(ProductInput from) => Json.Read<MixAccountsFile>(from);

    /// <inheritdoc/>
    public static void Write(ProductOutput to, MixAccountsFile value) => Json.Write(to, value);
}

/// <summary>One group.</summary>
/// <param name="Group">Its name.</param>
/// <param name="Given">The rows of its datasets, in this shard.</param>
/// <param name="Lines">What became of them.</param>
public sealed record MixAccountsGroup(string Group, long Given, IReadOnlyList<MixAccount> Lines);

/// <summary>Some rows of one class: <c>accepted</c>, or the rule that left them out.</summary>
public sealed record MixAccount(string Class, string Fate, long Rows);
