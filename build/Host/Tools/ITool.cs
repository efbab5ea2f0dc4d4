namespace TauPipeline.Host;

/// <summary>A target that is not a stage: something one does with a campaign, a file or the checkout.</summary>
internal interface ITool
{
    /// <summary>What one types after <c>--target=</c>.</summary>
    string Name { get; }

    /// <summary>One sentence for the help.</summary>
    string Summary { get; }

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    int Run(Invocation call);

    /// <summary>Prints what it would do, in a dry run.</summary>
    void Pretend(Invocation call) { }
}
