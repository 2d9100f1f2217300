namespace Asc.DataPlane.Wire;

/// <summary>What is noted of a request's body as it is read, for who is to be told of it later.</summary>
/// <param name="Fields">The fields that ASC does not know.</param>
/// <param name="Members">The members of messages, parts and formats that ASC does not know.</param>
/// <param name="Places">Where what may stand anywhere was first asked for.</param>
internal readonly record struct BodyNotes(OtherFields Fields, OtherFields Members, FeaturePlaces Places);
