using TauPipeline.Foundation;

namespace TauPipeline.Import;

/// <summary>All importers, written down.</summary>
public static class Importers
{
    /// <summary>In the order in which a file is offered to them.</summary>
    public static IReadOnlyList<ICampaignImporter> All { get; } =
        [new UppImporter(), new TauMlImporter(), new BalancedImporter(), new WeaverImporter()];

    /// <summary>The importer of that kind, or the one that recognises the files.</summary>
    /// <param name="kind">What the user says that they are; <see langword="null"/> to go by content.</param>
    /// <param name="source">The files.</param>
    /// <exception cref="Misuse">There is no such kind, or no importer recognises the files.</exception>
    public static ICampaignImporter For(string? kind, ImportSource source) => kind is null
        ? All.FirstOrDefault(one => one.Recognises(source)) ?? throw ImportErrors.NotRecognised(source)
        : All.FirstOrDefault(one => one.Kind == kind) ?? throw ImportErrors.NoSuchKind(kind);
}
