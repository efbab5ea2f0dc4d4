using System.Reflection.Metadata;

namespace TauPipeline.Tasks;

/// <summary>
/// Parameters that the compiler fills with a line or a file's place: a moved line would look like changed code, another checkout like
/// other code.
/// </summary>
internal static class CallerPlaces
{
    private static readonly string[] Forbidden = ["CallerLineNumberAttribute", "CallerFilePathAttribute"];

    /// <exception cref="UnfitCodeException">A method below the host has such a parameter.</exception>
    public static void Check(Room room)
    {
        foreach (
            RoomMethod method in room.Types.SelectMany(type => type.Definition.GetMethods().Select(handle => new RoomMethod(room, handle))))
            foreach (
                CustomAttribute attribute in method
                    .Definition.GetParameters()
                    .SelectMany(parameter => room.Reader.GetParameter(parameter).GetCustomAttributes())
                    .Select(room.Reader.GetCustomAttribute))
                if (NameOf(room, attribute) is { } name && Forbidden.Contains(name))
                    throw new UnfitCodeException(
                        $"{CodeMembers.ShortName(method.Type)}.{method.Name} takes {name[..^"Attribute".Length]}: below the host a moved line must not look like changed code"
                    );
    }

    private static string? NameOf(Room room, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && room.Reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? room.Reader.GetString(room.Reader.GetTypeReference((TypeReferenceHandle)type).Name)
            : null;
}
