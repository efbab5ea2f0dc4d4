namespace TauPipeline.Queues;

/// <summary>
/// Variables that a program finds itself and its credentials by: jobs get them by their names, so that no value stands on a command line
/// or in a file.
/// </summary>
internal static class PassedVariables
{
    private static readonly string[] Usual =
    [
        "PATH", "HOME", "USER", "LANG", "LD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_CLI_HOME", "TAU_NODE", "TAU_LIBTORCH",
        "X509_USER_PROXY", "X509_CERT_DIR", "KRB5CCNAME", "BEARER_TOKEN", "BEARER_TOKEN_FILE",
    ];

    /// <summary>Those and more.</summary>
    public static IEnumerable<string> With(IEnumerable<string> more) => Usual.Concat(more).Distinct();
}
