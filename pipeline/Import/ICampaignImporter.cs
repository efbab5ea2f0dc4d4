namespace TauPipeline.Import;

/// <summary>Makes a campaign of the configuration of one other program.</summary>
public interface ICampaignImporter
{
    /// <summary>What one types after <c>--kind=</c>.</summary>
    string Kind { get; }

    /// <summary>What such a configuration is, in a few words.</summary>
    string Summary { get; }

    /// <summary>Whether a file is such a configuration, by its content.</summary>
    bool Recognises(ImportSource source);

    /// <summary>The campaign that does the same, as far as there is one.</summary>
    /// <exception cref="Foundation.Misuse">The configuration lacks what no campaign can do without: says where.</exception>
    ImportedCampaign Import(ImportSource source);
}
