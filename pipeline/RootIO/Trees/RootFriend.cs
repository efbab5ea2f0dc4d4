namespace TauPipeline.RootIO;

/// <summary>A tree that the file says goes with this one, entry by entry. It is listed, not opened.</summary>
/// <param name="Alias">The name its branches are addressed by.</param>
/// <param name="Tree">The tree's path in its file.</param>
/// <param name="File">The file as it was named when written; empty for the same file.</param>
public sealed record RootFriend(string Alias, string Tree, string File);
